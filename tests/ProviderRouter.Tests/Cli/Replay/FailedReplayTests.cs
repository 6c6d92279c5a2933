using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Cli.Replay;

/// <summary><c>provider-cli replay</c>: what becomes of it where nobody answers, or it is ended on the way.</summary>
public sealed class FailedReplayTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task Where_no_router_runs_it_says_so()
    {
        var origin = await setup.PostAsync("v1/chat/completions", """{"model":"fake-small","messages":[]}""");
        setup.Router.AskToStop();
        await setup.Router.EndAsync();

        var result = (await RunAsync("replay", origin, "--to", "echo")).Exits(1);

        Assert.Contains("Start one: provider-router", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Where_the_provider_is_down_each_failure_is_a_row_and_the_exit_code_says_so()
    {
        var origins = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            origins.Add(await setup.PostAsync("v1/chat/completions", $$"""{"model":"{{(i % 2 == 0 ? "fake-small" : "reset")}}","messages":[],"stream":true}"""));
        }

        var half = (await RunAsync(["replay", .. origins, "--to", "qwen-proxy", "--json"])).Exits(1).Json;
        Assert.Equal((6, 3, 3), ((int)half["sent"]!, (int)half["ok"]!, (int)half["failed"]!));
        Assert.All(half["replays"]!.AsArray(), (replay, i) => Assert.Equal(i % 2 == 0 ? "ok" : "upstream_cut", (string)replay!["outcome"]!));

        await setup.Proxy.DisposeAsync();
        var down = (await RunAsync(["replay", .. origins, "--to", "qwen-proxy"])).Exits(1);
        Assert.Equal("6 sent to qwen-proxy: 0 ok, 6 failed; 0 not sent.", down.Errors.TrimEnd());
        Assert.Equal(6, down.Output.Split('\n').Count(line => line.Contains("unreachable", StringComparison.Ordinal)));
        (await RunAsync("verify")).Exits(0);
    }

    [Fact]
    public async Task Ctrl_C_cuts_off_those_under_way_and_says_how_many_were_sent()
    {
        var origins = new List<string>();
        foreach (var model in new[] { "fake-small", "stall", "stall-headers", "fake-small", "fake-small" })
        {
            origins.Add(await setup.SendToAsync("echo", model));
        }

        using var process = ProgramStart.Start(BuiltPrograms.Cli, setup.Folder, ["replay", .. origins, "--to", "qwen-proxy", "--parallel", "2", "--json"]);
        await Eventually.IsAsync("both are stuck", () => setup.Proxy.Requests.Count(request => request.Method == "POST") == 3);
        Signal.Interrupt(process);
        var (output, errors) = (await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("Interrupted. 3 sent to qwen-proxy: 1 ok, 2 failed; 2 not sent.", errors.TrimEnd());
        var report = JsonNode.Parse(output)!;
        Assert.Equal(["ok", "client_closed", "client_closed"], report["replays"]!.AsArray().Select(replay => (string)replay!["outcome"]!));
        Assert.Equal(origins[3..], report["notSent"]!.AsArray().Select(one => (string)one!["requestId"]!));
        // The router notices that its client left.
        await Eventually.IsAsync("both are on record", () => setup.Log.Query("SELECT id FROM request_logs WHERE replays IS NOT NULL AND outcome = 'client_closed'").Count == 2);
        (await RunAsync("verify")).Exits(0);
    }

    [Fact]
    public async Task Where_the_router_dies_on_the_way_no_more_is_sent_and_it_says_so()
    {
        var origins = new List<string> { await setup.SendToAsync("echo", "stall") };
        for (var i = 0; i < 9; i++)
        {
            origins.Add(await setup.SendToAsync("echo", "fake-small"));
        }

        using var process = ProgramStart.Start(BuiltPrograms.Cli, setup.Folder, ["replay", .. origins, "--to", "lm-studio", "--parallel", "1", "--json"]);
        await Eventually.IsAsync("it is stuck", () => setup.Studio.Requests.Any(request => request.Method == "POST"));
        await setup.Router.DisposeAsync();
        var (output, errors) = (await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        // One more may still reach it as it dies, and then the next finds nobody.
        Assert.Matches("^(?:2 sent to lm-studio: 0 ok, 2 failed; 8|3 sent to lm-studio: 0 ok, 3 failed; 7) not sent. The router does not answer at http://127.0.0.1:[0-9]+ any more.\n$", errors);
        Assert.Equal(origins[3..], JsonNode.Parse(output)!["notSent"]!.AsArray().Select(one => (string)one!["requestId"]!).TakeLast(7));
        await using var second = await Router.StartAsync(setup.Folder);
        (await RunAsync("verify")).Exits(0);
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => setup.Cli.RunAsync(arguments);
}
