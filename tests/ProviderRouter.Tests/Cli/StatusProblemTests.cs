using System.Text.Json.Nodes;
using ProviderRouter.Tests.Gateway.Fallback;

namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli status</c> says what is wrong, and what to type about it.</summary>
public sealed class StatusProblemTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_new_set_up_lacks_a_server_and_nothing_else()
    {
        var status = (await RunAsync("status", "--json")).Exits(0).Json;

        AssertJson("""[{"problem":"No server runs.","advice":"provider-router"}]""", status["problems"]!);
        AssertJson("[]", status["fallbacks"]!);
        Assert.Null(status["breakers"]);
        Assert.Null(status["problem"]);
        Assert.Equal(0, (long)status["spoolBytes"]!);
        Assert.InRange((long)status["databaseBytes"]!, 10_000, 10_000_000);
        var shown = (await RunAsync("status", "--data", folder.Data)).Exits(0);
        Assert.Contains($"! No server runs.\n  Next: provider-router --data {folder.Data}\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("nobody answers in its place", shown.Output, StringComparison.Ordinal);
        Assert.Empty(shown.Errors);
    }

    [Fact]
    public async Task The_fallbacks_are_shown_and_those_that_cannot_answer_are_problems()
    {
        (await RunAsync("set", "lm-studio", "--fallback", "echo,qwen-proxy,qwen-direct")).Exits(0);
        Assert.Contains(
            "echo, then qwen-proxy, then qwen-direct\n", (await RunAsync("status")).Output, StringComparison.Ordinal);
        (await RunAsync("provider", "disable", "qwen-proxy")).Exits(0);
        new RecordedLog(folder).Execute("UPDATE settings SET value = 'echo,qwen-proxy,gone,qwen-direct' WHERE key = 'fallbacks'");

        var status = (await RunAsync("status", "--json")).Exits(0).Json;

        AssertJson(
            """
            [{"provider":"echo","known":true,"enabled":true},{"provider":"qwen-proxy","known":true,"enabled":false},
             {"provider":"gone","known":false,"enabled":false},{"provider":"qwen-direct","known":true,"enabled":true}]
            """,
            status["fallbacks"]!);
        AssertJson(
            """
            [{"problem":"qwen-proxy is disabled: it is passed over when lm-studio fails.","advice":"provider-cli provider enable qwen-proxy"},
             {"problem":"There is no provider 'gone': it is passed over when lm-studio fails.",
              "advice":"provider-cli set lm-studio --fallback echo,qwen-proxy,qwen-direct"},
             {"problem":"QWEN_API_KEY is not set here; the router needs it where it runs.","advice":"provider-cli test qwen-direct"},
             {"problem":"No server runs.","advice":"provider-router"}]
            """,
            status["problems"]!);
        Assert.Contains(
            "echo, then qwen-proxy (disabled), then gone (not known), then qwen-direct", (await RunAsync("status")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE settings SET value = 'lmstudio' WHERE key = 'active_provider'", "There is no provider 'lmstudio'", "provider-cli set lm-studio")]
    [InlineData("UPDATE settings SET value = 'sk-abcdefghijkl' WHERE key = 'active_provider'", "There is no provider (not repeated here", "provider-cli list")]
    [InlineData("UPDATE providers SET enabled = 0 WHERE name = 'lm-studio'", "lm-studio is disabled", "provider-cli provider enable lm-studio")]
    [InlineData("UPDATE settings SET value = 'qwen-direct' WHERE key = 'active_provider'", "QWEN_API_KEY is not set here", "provider-cli test qwen-direct")]
    public async Task An_active_provider_that_cannot_answer_is_the_first_problem(string sql, string problem, string advice)
    {
        (await RunAsync("status")).Exits(0);
        new RecordedLog(folder).Execute(sql);

        var status = (await RunAsync("status", "--json")).Exits(0).Json;

        Assert.StartsWith(problem, (string?)status["problem"], StringComparison.Ordinal);
        Assert.Equal((string?)status["problem"], (string?)status["problems"]![0]!["problem"]);
        Assert.Equal(advice, (string?)status["problems"]![0]!["advice"]);
        Assert.Contains($"  Next: {advice}\n", (await RunAsync("status")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_others_may_read_are_a_problem_with_the_command_that_ends_it()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "There are no such modes here.");
        using var spaced = new TestFolder();
        var data = Path.Combine(spaced.Path, "with a blank");
        (await RunAsync("status", "--data", data)).Exits(0);
        var database = Path.Combine(data, "provider-router.db");
        (await ProgramStart.RunAsync("/bin/chmod", folder, ["640", database])).Exits(0);

        var problem = (await RunAsync("status", "--json", "--data", data)).Exits(0).Json["problems"]!.AsArray()[^1]!;

        Assert.Contains(database, (string?)problem["problem"], StringComparison.Ordinal);
        Assert.Equal($"chmod 600 '{database}'", (string?)problem["advice"]);
        (await ProgramStart.RunAsync("/bin/sh", folder, ["-c", (string)problem["advice"]!])).Exits(0);
        Assert.DoesNotContain("chmod", (await RunAsync("status", "--data", data)).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_key_without_its_secret_is_a_problem()
    {
        (await new Programs.Cli(folder).RunWithInputAsync("sk-9f8e7d6c5b4a39281706", "provider", "add", "keyed", "--preset", "groq", "--key-stdin")).Exits(0);
        Assert.DoesNotContain("missing", (await RunAsync("status")).Output, StringComparison.Ordinal);
        File.Delete(Path.Combine(folder.Data, "provider-router.secret"));

        var problem = (await RunAsync("status", "--json")).Exits(0).Json["problems"]![0]!;

        Assert.EndsWith("provider-router.secret is missing, without which stored keys cannot be read: keyed.", (string?)problem["problem"], StringComparison.Ordinal);
        Assert.EndsWith("provider-cli provider edit keyed --key-stdin", (string?)problem["advice"], StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Data, "provider-router.secret")));
    }

    [Fact]
    public async Task A_breaker_that_is_open_is_shown_and_a_problem()
    {
        await using var setup = await FallbackSetup.StartAsync((connection, _) => FaultyUpstream.SayAsync(
            connection, FaultyUpstream.Whole(429, "{}", "retry-after: 3600\r\n")));
        var cli = new Programs.Cli(setup.Folder);
        AssertJson("[]", (await cli.RunAsync("status", "--json")).Exits(0).Json["breakers"]!);
        _ = await setup.AskAsync();

        var status = (await cli.RunAsync("status", "--json")).Exits(0).Json;

        AssertJson("""[{"provider":"lm-studio","state":"open"}]""", status["breakers"]!);
        var problem = Assert.Single(status["problems"]!.AsArray())!;
        Assert.StartsWith("lm-studio kept failing or asked to be left alone", (string?)problem["problem"], StringComparison.Ordinal);
        Assert.Equal("provider-cli test lm-studio", (string?)problem["advice"]);
        Assert.Matches("Breaker +lm-studio: open\n", (await cli.RunAsync("status")).Output);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_has_advice_and_the_spool_its_size()
    {
        await using var setup = await Setup.StartAsync();
        (await setup.Cli.RunAsync("config", "set", "audit.failureWait", "0s")).Exits(0);
        using (new LockedDatabase(setup.Folder))
        {
            using var chat = await setup.ChatAsync("fake-small");
            await chat.Content.ReadAsByteArrayAsync();

            var status = (await setup.Cli.RunAsync("status", "--json")).Exits(0).Json;
            var problem = Assert.Single(status["problems"]!.AsArray())!;
            Assert.StartsWith("The log cannot be written (spooling since", (string?)problem["problem"], StringComparison.Ordinal);
            Assert.Contains("what waits is written", (string?)problem["advice"], StringComparison.Ordinal);
            Assert.True((long)status["spoolBytes"]! > 0);
            Assert.Contains("in the spool", (await setup.Cli.RunAsync("status")).Output, StringComparison.Ordinal);
            await setup.Router.DisposeAsync();
        }

        var left = (await setup.Cli.RunAsync("status", "--json")).Exits(0).Json["problems"]!.AsArray();
        Assert.Contains(left, problem => (string?)problem!["problem"] == "No server runs, and records wait in the spool until one writes them.");
    }

    [Fact]
    public async Task No_provider_is_asked()
    {
        await using var setup = await Setup.StartAsync();
        await setup.Router.GreetingAsync();
        var before = setup.Studio.Requests.Count;

        (await setup.Cli.RunAsync("status")).Exits(0);

        Assert.Equal(before, setup.Studio.Requests.Count);
        Assert.Empty(setup.Proxy.Requests);
        Assert.Empty((await setup.Cli.RunAsync("status", "--json")).Json["problems"]!.AsArray());
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
