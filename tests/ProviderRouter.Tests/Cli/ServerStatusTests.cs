using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli status</c> finds the server that runs, and says how its log does.</summary>
public sealed class ServerStatusTests
{
    [Fact]
    public async Task Without_a_server_there_is_none()
    {
        using var folder = new TestFolder();
        var cli = new Programs.Cli(folder);

        var status = (await cli.RunAsync("status", "--json")).Exits(0).Json.AsObject();

        Assert.True(status.ContainsKey("server") && status.ContainsKey("log"));
        Assert.Null(status["server"]);
        Assert.Null(status["log"]);
        Assert.Contains("not running", (await cli.RunAsync("status")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_that_runs_is_found_and_its_log_is_well()
    {
        await using var setup = await Setup.StartAsync();
        (await setup.ChatAsync("fake-small")).Dispose();

        var status = (await setup.Cli.RunAsync("status", "--json")).Exits(0).Json;

        Assert.Equal($"{setup.Router.Url}", $"{status["server"]!["url"]}/");
        Assert.Equal(
            ["state", "reason", "since", "rowsWritten", "rowsWaiting", "rowsSpooled", "bytesSpooled", "rowsLost", "rowsRefused"],
            status["log"]!.AsObject().Select(field => field.Key));
        Assert.Equal("ok", (string?)status["log"]!["state"]);
        Assert.Equal(2, (long)status["log"]!["rowsWritten"]!);
        Assert.Contains($"{status["server"]!["url"]}, log ok", (await setup.Cli.RunAsync("status")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_on_all_addresses_is_asked_at_this_machine()
    {
        using var folder = new TestFolder();
        await using var router = await Router.StartAsync(folder, ("HOST", "0.0.0.0"), ("PROVIDER_ROUTER_ALLOW_ANONYMOUS", "true"));

        var status = (await new Programs.Cli(folder).RunAsync("status", "--json")).Exits(0).Json;

        Assert.Equal($"http://127.0.0.1:{router.Url.Port}", (string?)status["server"]!["url"]);
        Assert.Equal("ok", (string?)status["log"]!["state"]);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_a_warning_with_the_reason_and_counts()
    {
        await using var setup = await Setup.StartAsync();
        (await setup.Cli.RunAsync("config", "set", "audit.failureWait", "0s")).Exits(0);
        using (new LockedDatabase(setup.Folder))
        {
            using var chat = await setup.ChatAsync("fake-small");
            await chat.Content.ReadAsByteArrayAsync();

            var log = (await setup.Cli.RunAsync("status", "--json")).Exits(0).Json["log"]!;
            Assert.Equal("spooling", (string?)log["state"]);
            Assert.Contains("locked", (string?)log["reason"], StringComparison.Ordinal);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT[\d:.]+Z$", (string?)log["since"]);
            Assert.True((long)log["rowsSpooled"]! > 0);
            var shown = (await setup.Cli.RunAsync("status")).Exits(0).Output;
            Assert.Contains("log spooling", shown, StringComparison.Ordinal);
            Assert.Matches(@"! The log cannot be written \(spooling since .*\): .*locked.* Rows spooled: [1-9]", shown);
        }
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_waited_for_half_a_second()
    {
        await using var setup = await Setup.StartAsync();
        await SignalAsync("-STOP");
        try
        {
            var started = Stopwatch.GetTimestamp();
            var status = (await setup.Cli.RunAsync("status", "--json")).Exits(0).Json;

            Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.4, 20);
            Assert.Equal($"{setup.Router.Url}", $"{status["server"]!["url"]}/");
            Assert.Null(status["log"]);
            Assert.Contains("did not say how it does", (await setup.Cli.RunAsync("status")).Exits(0).Output, StringComparison.Ordinal);
        }
        finally
        {
            await SignalAsync("-CONT");
        }

        async Task SignalAsync(string signal) =>
            (await ProgramStart.RunAsync("/bin/kill", setup.Folder, [signal, $"{setup.Router.ProcessId}"])).Exits(0);
    }

    [Theory]
    [InlineData("history")]
    [InlineData("stats")]
    [InlineData("status")]
    [InlineData("verify")]
    public async Task What_a_killed_server_left_is_marked_by_whoever_reads_the_log(string command)
    {
        await using var setup = await Setup.StartAsync();
        using var cancel = new CancellationTokenSource();
        var stalled = setup.ChatAsync("stall-headers", cancellation: cancel.Token);
        await setup.Log.WaitForAsync("model = $value", "stall-headers");
        await setup.Router.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => stalled);

        (await setup.Cli.RunAsync(command)).Exits(0);

        var row = setup.Log.Query("SELECT outcome FROM request_logs").Single();
        Assert.Equal("interrupted", row["outcome"]);
        Assert.Null((await setup.Cli.RunAsync("status", "--json")).Exits(0).Json["server"]);
        (await setup.Cli.RunAsync("verify")).Exits(0);
    }
}
