using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Gateway;

/// <summary>How the server starts, greets, and stops.</summary>
public sealed class LifecycleTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Health_answers_without_asking_a_provider()
    {
        await using var router = await Router.StartAsync(folder, ("LM_STUDIO_BASE_URL", "http://127.0.0.1:9/v1"));
        using var response = await router.Client.GetAsync("health");

        var health = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("ok", (string?)health["status"]);
        Assert.Equal("lm-studio", (string?)health["activeProvider"]);
        Assert.Matches(@"^\d+\.\d+\.\d+", (string?)health["version"]);
        Assert.Equal(0, new RecordedLog(folder).Count());
    }

    [Fact]
    public async Task A_shutdown_lets_the_requests_that_run_finish_and_takes_no_new_ones()
    {
        await using var setup = await Setup.StartAsync();
        using var running = await setup.ChatAsync("trickle", stream: true);
        setup.Router.AskToStop();

        Assert.EndsWith("data: [DONE]\n\n", await running.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await setup.Router.EndAsync());
        Assert.Equal("ok", setup.Log.Of(running)["outcome"]);
        await Assert.ThrowsAsync<HttpRequestException>(() => setup.Client.GetAsync("health"));
    }

    [Fact]
    public async Task The_greeting_says_where_it_is_who_answers_and_a_line_that_works_right_now()
    {
        await using var router = await Router.StartAsync(folder, ("LM_STUDIO_BASE_URL", "http://127.0.0.1:9/v1"));
        var greeting = await router.GreetingAsync();

        Assert.Contains(folder.Database, greeting, StringComparison.Ordinal);
        Assert.Contains("lm-studio (does not answer)", greeting, StringComparison.Ordinal);
        var curl = greeting.Split('\n').Single(line => line.TrimStart().StartsWith("curl ", StringComparison.Ordinal));
        Assert.Contains($"{router.Url}v1/chat/completions -H 'x-router-provider: echo'", curl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_to_type_goes_to_the_active_provider_when_that_answers()
    {
        await using var setup = await Setup.StartAsync();
        var greeting = await setup.Router.GreetingAsync();

        Assert.Contains("lm-studio (answers, ", greeting, StringComparison.Ordinal);
        Assert.Contains("\"model\":\"fake-small\"", greeting, StringComparison.Ordinal);
        Assert.DoesNotContain("x-router-provider", greeting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_exit_code_1()
    {
        await using var first = await Router.StartAsync(folder);
        var (exitCode, _, errors) = await RunAsync(["--port", $"{first.Url.Port}"]);

        Assert.Equal(1, exitCode);
        Assert.Contains($"Port {first.Url.Port} of 127.0.0.1 is in use", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Every_problem_of_the_settings_is_said_at_once()
    {
        var (exitCode, _, errors) = await RunAsync(["--port", "70000"],
            ("HOST", "nowhere!"), ("LOG_LEVEL", "loud"), ("REQUEST_TIMEOUT", "soon"), ("DEFAULT_PROVIDER", "nobody"), ("QWEN_BASE_URL", "ftp://x"));

        Assert.Equal(1, exitCode);
        Assert.All(["--port is '70000'", "'nowhere!'", "LOG_LEVEL is 'loud'", "REQUEST_TIMEOUT is 'soon'", "DEFAULT_PROVIDER is 'nobody'", "QWEN_BASE_URL"],
            problem => Assert.Contains(problem, errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_usage_is_exit_code_2()
    {
        var (exitCode, _, errors) = await RunAsync(["--prot", "1"]);

        Assert.Equal(2, exitCode);
        Assert.Contains("--help", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dot_env_file_in_the_working_folder_counts_and_the_environment_wins_over_it()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, ".env"),
            "# settings\nexport LM_STUDIO_BASE_URL=\"http://127.0.0.1:7001/v1\"\nQWEN_PROXY_BASE_URL=http://127.0.0.1:7002 # a comment\nQWEN_BASE_URL=http://127.0.0.1:7003/x\n");
        await using var router = await Router.StartAsync(folder, ("QWEN_BASE_URL", "http://127.0.0.1:7004/x"));

        Assert.Equal(
            ["http://127.0.0.1:7001/v1", "http://127.0.0.1:7002/v1", "http://127.0.0.1:7004/x"],
            new RecordedLog(folder).Query("SELECT base_url FROM providers WHERE name <> 'echo' ORDER BY position").Select(row => row["base_url"]));
    }

    private Task<ProgramResult> RunAsync(string[] arguments, params (string, string)[] environment) =>
        ProgramStart.RunAsync(BuiltPrograms.Router, folder, arguments, environment);
}
