namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli status</c>, <c>set</c> and <c>list</c>, which work whether or not the server runs.</summary>
public sealed class StatusAndSetTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Status_says_who_is_active_and_who_said_so()
    {
        var fresh = (await RunAsync("status", "--json")).Exits(0).Json;
        Assert.Equal("lm-studio", (string?)fresh["activeProvider"]);
        Assert.Equal("database", (string?)fresh["source"]);
        Assert.Equal(folder.Database, (string?)fresh["database"]);

        new RecordedLog(folder).Execute("DELETE FROM settings WHERE key = 'active_provider'");
        Assert.Equal("default", (string?)(await RunAsync("status", "--json")).Exits(0).Json["source"]);
        var environment = (await new Programs.Cli(folder, ("DEFAULT_PROVIDER", "echo")).RunAsync("status", "--json")).Exits(0).Json;
        Assert.Equal("environment", (string?)environment["source"]);
        Assert.Equal("echo", (string?)environment["activeProvider"]);
    }

    [Fact]
    public async Task Set_says_what_changed_and_the_database_has_it()
    {
        var result = (await RunAsync("set", "echo")).Exits(0);

        Assert.Contains("lm-studio → echo", result.Output, StringComparison.Ordinal);
        Assert.Equal("echo", (string?)(await RunAsync("status", "--json")).Json["activeProvider"]);
        Assert.Equal("echo", new RecordedLog(folder).Query("SELECT value FROM settings WHERE key = 'active_provider'").Single()["value"]);
        Assert.Contains("already", (await RunAsync("set", "ECHO")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lmstudio", "Did you mean lm-studio?")]
    [InlineData("qwen-prox", "Did you mean qwen-proxy?")]
    [InlineData("ehco", "Did you mean echo?")]
    [InlineData("something-else", "Known: lm-studio, qwen-proxy, qwen-direct, echo")]
    public async Task Set_refuses_an_unknown_name_lists_the_known_ones_and_suggests_the_nearest(string name, string expected)
    {
        var result = (await RunAsync("set", name)).Exits(1);

        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Contains("lm-studio, qwen-proxy, qwen-direct, echo", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.Empty(result.Output);
        Assert.Equal("lm-studio", (string?)(await RunAsync("status", "--json")).Json["activeProvider"]);
    }

    [Fact]
    public async Task Set_refuses_a_disabled_provider()
    {
        (await RunAsync("status")).Exits(0);
        new RecordedLog(folder).Execute("UPDATE providers SET enabled = 0 WHERE name = 'echo'");

        Assert.Contains("disabled", (await RunAsync("set", "echo")).Exits(1).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("ls")]
    public async Task List_shows_each_provider_and_which_is_active(string command)
    {
        (await RunAsync("set", "qwen-direct")).Exits(0);
        var listed = (await RunAsync(command, "--json")).Exits(0).Json.AsArray();

        Assert.Equal(["lm-studio", "qwen-proxy", "qwen-direct", "echo"], listed.Select(provider => (string?)provider!["name"]));
        Assert.Equal([false, false, true, false], listed.Select(provider => (bool)provider!["active"]!));
        Assert.All(listed, provider => Assert.True((bool)provider!["enabled"]!));
        Assert.Equal("http://localhost:1234/v1", (string?)listed[0]!["baseUrl"]);
        Assert.Equal("lm-studio", (string?)listed[0]!["type"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("set")]
    [InlineData("set a b")]
    [InlineData("status --jsno")]
    [InlineData("history --limit 0")]
    [InlineData("history --limit many")]
    [InlineData("history --limit 99999999999")]
    [InlineData("test --timeout never")]
    public async Task Wrong_usage_is_exit_code_2_and_one_line_that_names_the_help(string arguments)
    {
        var result = (await RunAsync(arguments.Split(' '))).Exits(2);

        Assert.Contains("--help", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.Empty(result.Output);
        Assert.False(File.Exists(folder.Database), "Wrong usage must do nothing.");
    }

    [Fact]
    public async Task Help_and_version_go_to_stdout()
    {
        var help = (await RunAsync("--help")).Exits(0);
        Assert.All(["status", "set", "list", "test", "history", "stats", "verify", "config"],
            command => Assert.Contains($"\n  {command}", help.Output, StringComparison.Ordinal));
        Assert.Empty(help.Errors);
        Assert.Matches(@"^\d+\.\d+\.\d+", (await RunAsync("--version")).Exits(0).Output);
    }

    [Fact]
    public async Task The_data_folder_can_be_named_and_a_dot_env_file_counts()
    {
        using var other = new TestFolder();
        (await RunAsync("set", "echo", "--data", other.Data)).Exits(0);

        Assert.Equal(other.Database, (string?)(await RunAsync("--data", other.Data, "status", "--json")).Json["database"]);
        Assert.Equal("lm-studio", (string?)(await RunAsync("status", "--json")).Json["activeProvider"]);
    }

    [Fact]
    public async Task A_database_that_somebody_holds_locked_is_one_line_and_exit_code_1()
    {
        (await RunAsync("status")).Exits(0);
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        await using var transaction = connection.BeginTransaction(deferred: false);

        var result = (await RunAsync("set", "echo")).Exits(1);

        Assert.Contains("locked", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
