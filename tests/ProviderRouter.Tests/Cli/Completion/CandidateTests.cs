using Microsoft.Data.Sqlite;

namespace ProviderRouter.Tests.Cli.Completion;

/// <summary>What the program offers to a shell. Each answer is a candidate, or one with its description behind a tab.</summary>
public sealed class CandidateTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Programs.Cli cli;

    public CandidateTests() => cli = new Programs.Cli(folder);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "sta", "status stats")]
    [InlineData("provider", "e", "edit enable")]
    [InlineData("config export", "", "files")]
    [InlineData("config import", "", "files")]
    [InlineData("import", "", "files")]
    [InlineData("import .env", "", "--dry-run --json --help --data")]
    [InlineData("list --data", "", "folders")]
    [InlineData("list", "--data=", "folders")]
    [InlineData("completion", "", "bash zsh fish powershell")]
    [InlineData("set", "q", "qwen-proxy qwen-direct")]
    [InlineData("test", "q", "qwen-proxy qwen-direct")]
    [InlineData("models", "q", "qwen-proxy qwen-direct")]
    [InlineData("provider test", "q", "qwen-proxy qwen-direct")]
    [InlineData("provider show", "q", "qwen-proxy qwen-direct")]
    [InlineData("provider edit", "q", "qwen-proxy qwen-direct")]
    [InlineData("provider remove", "q", "qwen-proxy qwen-direct")]
    [InlineData("provider rm", "q", "qwen-proxy qwen-direct")]
    [InlineData("provider enable", "q", "qwen-proxy qwen-direct")]
    [InlineData("provider disable", "q", "qwen-proxy qwen-direct")]
    [InlineData("provider add", "q", "")]
    [InlineData("provider add new --preset", "dash", "dashscope dashscope-intl")]
    [InlineData("provider edit echo --cancel", "", "on off")]
    [InlineData("set echo --fallback", "qwen-proxy,q", "qwen-proxy,qwen-direct")]
    [InlineData("set echo", "--fallback=ec", "--fallback=echo")]
    [InlineData("history -p", "ec", "echo")]
    [InlineData("history --provider", "ec", "echo")]
    [InlineData("history --outcome", "u", "upstream_error unreachable upstream_cut")]
    [InlineData("history --search", "", "")]
    [InlineData("history --status", "4", "4xx 429")]
    [InlineData("history --since", "y", "yesterday")]
    [InlineData("history --json", "--js", "")]
    [InlineData("config get", "AUDIT.s", "audit.spoolFolder audit.spoolMax audit.streamUsage audit.searchIndex")]
    [InlineData("config set audit.onFailure", "", "continue refuse")]
    [InlineData("config set retention.maxSize", "", "off")]
    [InlineData("config set audit.maxBody", "", "")]
    [InlineData("set --", "ec", "echo")]
    [InlineData("set --data nowhere", "", "")]
    [InlineData("set --data", "", "folders")]
    [InlineData("no such command", "", "")]
    [InlineData("set @file", "", "--fallback --no-fallback --json --help --data")]
    public async Task What_can_stand_there_is_offered(string before, string word, string expected)
    {
        (await cli.RunAsync("status")).Exits(0);

        Assert.Equal(Words(expected), await OfferedAsync(word, Words(before)));
    }

    [Theory]
    [InlineData("provider-cli set q", "q", "qwen-proxy qwen-direct")]
    [InlineData("  provider-cli   set  ec", "ec", "echo")]
    [InlineData("provider-cli set 'ec", "ec", "echo")]
    [InlineData("provider-cli history --provider=ec", "ec", "echo")]
    [InlineData("provider-cli history --provider=", "", "lm-studio qwen-proxy qwen-direct echo")]
    [InlineData("provider-cli --data \"\\\"'\" set ", "", "")]
    [InlineData("provider-cli history --provider=ec", "something else", "--provider=echo")]
    [InlineData("provider-cli", "provider-cli", "")]
    [InlineData("", "", "")]
    public async Task Bash_is_told_what_to_put_in_the_place_of_what_it_takes_for_a_word(string line, string text, string expected)
    {
        (await cli.RunAsync("status")).Exits(0);

        var result = (await cli.RunAsync("completion", "candidates", "--", "bash", line, text)).Exits(0);

        Assert.Empty(result.Errors);
        Assert.Equal(Words(expected), result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Names_have_descriptions()
    {
        (await cli.RunAsync("provider", "disable", "echo")).Exits(0);

        Assert.Equal(["lm-studio\thttp://localhost:1234/v1, active"], await AnswersAsync("lm", "set"));
        Assert.Equal(["echo\tinternal:echo, disabled"], await AnswersAsync("ec", "set"));
        Assert.Equal(["verify\tCheck that nothing in the log was altered, removed or inserted."], await AnswersAsync("ver"));
        Assert.Equal(["openai\tOpenAI"], await AnswersAsync("openai", "provider", "add", "new", "--preset"));
    }

    [Fact]
    public async Task Only_keys_that_are_not_revoked_are_offered()
    {
        (await cli.RunAsync("key", "create", "webui")).Exits(0);
        (await cli.RunAsync("key", "create", "gone")).Exits(0);
        (await cli.RunAsync("key", "revoke", "gone")).Exits(0);

        Assert.Equal(["webui"], await OfferedAsync("", "key", "revoke"));
        Assert.Equal(["webui"], await OfferedAsync("", "history", "--key"));
    }

    [Fact]
    public async Task What_zsh_would_look_for_as_a_program_is_not_offered()
    {
        (await cli.RunAsync("provider", "edit", "echo", "--model", "=ls")).Exits(0);

        Assert.Empty(await OfferedAsync("", "history", "--model"));
    }

    [Fact]
    public async Task Aliases_and_default_models_of_providers_are_models()
    {
        (await cli.RunAsync("provider", "edit", "echo", "--model", "small", "--alias", "gpt-4o=large")).Exits(0);

        Assert.Equal(["gpt-4o", "small"], await OfferedAsync("", "history", "--model"));
        Assert.Equal(["small"], await OfferedAsync("s", "provider", "edit", "echo", "--model"));
    }

    [Fact]
    public async Task Nothing_is_made_where_there_is_no_database()
    {
        Assert.Empty(await AnswersAsync("", "set"));
        Assert.Empty(await AnswersAsync("", "history", "--before-id"));

        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task What_is_no_database_of_ours_offers_nothing_and_stays_as_it_is()
    {
        Directory.CreateDirectory(folder.Data);
        await File.WriteAllTextAsync(folder.Database, "This is not a database, and long enough to be looked at as one. " + new string('x', 5000));
        var before = await File.ReadAllBytesAsync(folder.Database);

        Assert.Empty(await AnswersAsync("", "set"));
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Database));
        Assert.Single(Directory.GetFiles(folder.Data));

        await File.WriteAllBytesAsync(folder.Database, []);
        Assert.Empty(await AnswersAsync("", "set"));
        Assert.Empty(await File.ReadAllBytesAsync(folder.Database));
    }

    [Fact]
    public async Task A_database_of_an_older_program_is_not_brought_up_to_date()
    {
        Directory.CreateDirectory(folder.Data);
        var schema = Path.Combine(BuiltPrograms.RepositoryRoot, "src", "ProviderRouter", "Storage", "Sqlite", "Migrations", "001_initial.sql");
        await using (var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = await File.ReadAllTextAsync(schema)
                + "INSERT INTO providers VALUES (1, 'old', 't', 'http://old', NULL, 'h', '', NULL, 1, 'edited', 0); PRAGMA user_version = 1";
            await command.ExecuteNonQueryAsync();
        }

        var before = await File.ReadAllBytesAsync(folder.Database);

        Assert.Equal(["old"], await OfferedAsync("", "set"));
        Assert.Empty(await AnswersAsync("", "history", "--before-id"));
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Database));
    }

    [Fact]
    public async Task Somebody_elses_lock_is_not_waited_for()
    {
        (await cli.RunAsync("status")).Exits(0);
        using (new LockedDatabase(folder))
        {
            Assert.Equal(["echo"], await OfferedAsync("ec", "set"));
        }

        using var alone = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        alone.Open();
        using var command = alone.CreateCommand();
        command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE providers SET enabled = 0; COMMIT";
        command.ExecuteNonQuery();

        var started = TimeProvider.System.GetTimestamp();
        Assert.Empty(await AnswersAsync("", "set"));
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(4), "It waited for the lock.");
    }

    [Fact]
    public async Task A_look_leaves_no_trace()
    {
        (await cli.RunAsync("status")).Exits(0);
        var before = Directory.GetFiles(folder.Data).Select(file => (file, File.GetLastWriteTimeUtc(file), new FileInfo(file).Length)).ToList();

        await AnswersAsync("", "set");
        await AnswersAsync("", "history", "--before-id");

        Assert.Equal(before, Directory.GetFiles(folder.Data).Select(file => (file, File.GetLastWriteTimeUtc(file), new FileInfo(file).Length)));
    }

    private async Task<string[]> OfferedAsync(string word, params string[] before) =>
        [.. (await AnswersAsync(word, before)).Select(answer => answer.Trim('\t').Split('\t')[0])];

    private async Task<string[]> AnswersAsync(string word, params string[] before)
    {
        var result = (await cli.RunAsync(["completion", "candidates", "--", "words", $"={word}", .. before])).Exits(0);
        Assert.Empty(result.Errors);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
