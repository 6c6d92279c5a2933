using System.Text.RegularExpressions;
using FakeUpstream;

namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli test --all</c> asks all enabled providers side by side.</summary>
public sealed class ProbeAllTests : IDisposable
{
    private const string Models = """{"object":"list","data":[{"id":"one"}]}""";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task All_that_are_enabled_are_asked_and_one_that_fails_makes_it_fail()
    {
        await using var good = await FakeUpstreamServer.StartAsync("studio");
        await using var unused = await FakeUpstreamServer.StartAsync("unused");
        await ProvidersAreAsync(("lm-studio", good.BaseUrl), ("qwen-proxy", "http://127.0.0.1:9/v1"), ("qwen-direct", unused.BaseUrl));
        (await RunAsync("provider", "disable", "qwen-direct")).Exits(0);

        var failed = (await RunAsync("test", "--all")).Exits(1);

        var lines = failed.Output.TrimEnd().Split('\n');
        Assert.Matches("^PROVIDER +STATE +MS +MODELS$", lines[0]);
        Assert.Matches(@"^lm-studio +healthy +[\d.]+ +2$", lines[1]);
        Assert.Matches("^qwen-proxy +failed +- +-$", lines[2]);
        Assert.Matches("^qwen-direct +disabled +- +-$", lines[3]);
        Assert.Matches("^echo +healthy +0 +1$", lines[4]);
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("qwen-proxy cannot be reached", Assert.Single(failed.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(unused.Requests);
        Assert.DoesNotContain('\e', failed.Output);

        (await RunAsync("provider", "disable", "qwen-proxy")).Exits(0);
        Assert.Empty((await RunAsync("provider", "test", "--all")).Exits(0).Errors);
    }

    [Fact]
    public async Task Json_is_what_test_prints_of_each_that_was_asked()
    {
        await using var good = await FakeUpstreamServer.StartAsync("studio");
        await ProvidersAreAsync(("lm-studio", good.BaseUrl), ("qwen-proxy", "http://127.0.0.1:9/v1"));
        (await RunAsync("provider", "disable", "qwen-direct")).Exits(0);

        var all = (await RunAsync("test", "--all", "--json")).Exits(1).Json.AsArray();

        Assert.Equal(["lm-studio", "qwen-proxy", "echo"], all.Select(result => (string?)result!["provider"]));
        Assert.Equal([true, false, true], all.Select(result => (bool)result!["healthy"]!));
        Assert.All(all, result => Assert.Equal(["provider", "healthy", "latencyMs", "models", "error"], result!.AsObject().Select(field => field.Key)));
        Assert.Equal("""["fake-small","fake-large"]""", all[0]!["models"]!.ToJsonString());
        Assert.Equal((await RunAsync("test", "qwen-proxy", "--json")).Exits(1).Json.ToJsonString(), all[1]!.ToJsonString());
    }

    [Fact]
    public async Task They_are_asked_at_the_same_time()
    {
        // Neither answers before both were asked.
        var bothAsked = new TaskCompletionSource();
        var asked = 0;
        await using var first = new FaultyUpstream(AnswerAsync);
        await using var second = new FaultyUpstream(AnswerAsync);
        await ProvidersAreAsync(("lm-studio", first.BaseUrl), ("qwen-proxy", second.BaseUrl));
        (await RunAsync("provider", "disable", "qwen-direct")).Exits(0);

        (await RunAsync("test", "--all", "--timeout", "30")).Exits(0);

        async Task AnswerAsync(System.Net.Sockets.Socket connection, int number)
        {
            if (Interlocked.Increment(ref asked) == 2)
            {
                bothAsked.TrySetResult();
            }

            await bothAsked.Task;
            await FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(200, Models));
        }
    }

    [Fact]
    public async Task A_terminal_sees_each_row_turn_into_its_answer()
    {
        var mayAnswer = new TaskCompletionSource();
        await using var slow = new FaultyUpstream(async (connection, _) =>
        {
            await mayAnswer.Task;
            await FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(200, Models));
        });
        await ProvidersAreAsync(("lm-studio", slow.BaseUrl), ("qwen-proxy", "http://127.0.0.1:9/v1"));
        (await RunAsync("provider", "disable", "qwen-direct")).Exits(0);
        using var screen = Screen.Start(folder, "test --all", columns: 60);

        await screen.ReadUntilAsync("✗ failed");
        var before = Plain(screen.Text);
        Assert.Matches(@"lm-studio +asking …", before);
        Assert.DoesNotMatch(@"lm-studio +✓", before);
        mayAnswer.SetResult();

        Assert.Equal(1, await screen.EndAsync());
        // The table, its three answers, and the error below it; the last picture has no question left.
        Assert.Equal(3, Regex.Count(screen.Text, "\e\\[5A\r\e\\[J", RegexOptions.None, TimeSpan.FromSeconds(5)));
        var last = Plain(screen.Text[screen.Text.LastIndexOf("\e[5A", StringComparison.Ordinal)..]);
        Assert.Matches(@"lm-studio +✓ healthy +\d+ ms +1", last);
        Assert.Matches(@"qwen-proxy +✗ failed", last);
        Assert.Matches(@"qwen-direct +disabled", last);
        Assert.Contains("nothing listens at 127.0.0.1:9", last.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("asking", last, StringComparison.Ordinal);
        Assert.All(last.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 60, line));
    }

    [Theory]
    [InlineData("dumb", 24)]
    [InlineData("xterm", 5)]
    public async Task Where_nothing_can_be_written_again_there_is_one_table_at_the_end(string terminal, int rows)
    {
        await using var good = await FakeUpstreamServer.StartAsync("studio");
        await ProvidersAreAsync(("lm-studio", good.BaseUrl), ("qwen-proxy", good.BaseUrl), ("qwen-direct", good.BaseUrl));
        using var screen = Screen.Start(folder, "test --all", rows: rows, terminal: terminal);

        Assert.Equal(0, await screen.EndAsync());
        Assert.Single(Regex.Matches(screen.Text, "PROVIDER", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.DoesNotContain("\e[5A", screen.Text, StringComparison.Ordinal);
        Assert.Matches(@"qwen-direct +✓ healthy", Plain(screen.Text));
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_130()
    {
        await using var silent = new FaultyUpstream((connection, _) => connection.ReceiveAsync(new byte[1]));
        await ProvidersAreAsync(("lm-studio", silent.BaseUrl), ("qwen-proxy", silent.BaseUrl), ("qwen-direct", silent.BaseUrl));
        using var screen = Screen.Start(folder, "test --all");
        await Eventually.IsAsync("all were asked", () => silent.Requests.Count == 3);
        await screen.TypeAsync("\u0003");

        Assert.Equal(130, await screen.EndAsync());
        Assert.DoesNotContain("\e[?25l", screen.Text, StringComparison.Ordinal);

        using var piped = ProgramStart.Start(BuiltPrograms.Cli, folder, ["test", "--all"]);
        await Eventually.IsAsync("all were asked again", () => silent.Requests.Count == 6);
        Signal.Interrupt(piped);
        await piped.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(130, piped.ExitCode);
        Assert.Empty(await piped.StandardOutput.ReadToEndAsync());
    }

    [Theory]
    [InlineData("test")]
    [InlineData("models")]
    public async Task Bad_inputs_are_refused(string command)
    {
        Assert.Contains("do not go together", (await RunAsync(command, "echo", "--all")).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("--timeout takes seconds", (await RunAsync(command, "--all", "--timeout", "-1")).Exits(2).Errors, StringComparison.Ordinal);
        (await RunAsync("status")).Exits(0);
        new RecordedLog(folder).Execute("UPDATE providers SET enabled = 0");
        var result = (await RunAsync(command, "--all")).Exits(1);
        Assert.StartsWith("No provider is enabled.", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private static string Plain(string screen) => Regex.Replace(screen, "\e\\[[0-9;?]*[a-zA-Z]", "", RegexOptions.None, TimeSpan.FromSeconds(5));

    private async Task ProvidersAreAsync(params (string Name, string Url)[] providers)
    {
        foreach (var (name, url) in providers)
        {
            (await RunAsync("provider", "edit", name, "--base-url", url)).Exits(0);
        }
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
