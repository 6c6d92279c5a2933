using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Record.Retention;

/// <summary>Retention that is killed or interrupted leaves a log that can be verified, and the next one finishes what it began.</summary>
public sealed class KilledRetentionTests : IDisposable
{
    private const int Records = 1500;

    private readonly TestFolder folder = new();
    private readonly RecordedLog log;

    public KilledRetentionTests() => log = new RecordedLog(folder);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--bodies-before", "30d", "SELECT count(*) AS n FROM audit_requests WHERE body_parts IS NOT NULL")]
    [InlineData("--bodies-before", "30d", "SELECT page_count AS n FROM pragma_page_count")]
    [InlineData("--records-before", "30d", "SELECT count(*) AS n FROM audit_requests")]
    [InlineData("--records-before", "30d", "SELECT count(*) AS n FROM audit_pieces")]
    [InlineData("--max-size", "4MB", "SELECT count(*) AS n FROM audit_pieces")]
    public async Task Killed_again_and_again_it_leaves_a_sound_log_and_the_next_one_finishes(string option, string value, string left)
    {
        // While this server lives, each step is followed by a pause: there is time to be killed in.
        using var past = Fill();
        string[] arguments = ["prune", option, value];
        var killed = 0;
        for (var round = 0; round < 8; round++)
        {
            var before = Number(left);
            using var prune = ProgramStart.Start(BuiltPrograms.Cli, folder, arguments);
            await Eventually.IsAsync("something is removed", () => prune.HasExited || Number(left) < before);
            killed += prune.HasExited ? 0 : 1;
            prune.Kill();
            await prune.WaitForExitAsync();

            Assert.Null(PastLog.Verify(folder).Fault);
            AssertYoungIsReadable();
        }

        Assert.InRange(killed, 1, 8);
        await FinishAsync(arguments);
        Assert.Equal(option == "--records-before" ? 1 : Records + 1, log.Count());
    }

    [Fact]
    public async Task Ctrl_C_ends_it_between_two_steps()
    {
        using var past = Fill();
        using var prune = ProgramStart.Start(BuiltPrograms.Cli, folder, ["prune", "--bodies-before", "30d"]);
        var bodies = "SELECT count(*) AS n FROM audit_requests WHERE body_parts IS NOT NULL";
        await Eventually.IsAsync("something is removed", () => prune.HasExited || Number(bodies) < Records);
        Signal.Interrupt(prune);
        await prune.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(130, prune.ExitCode);
        Assert.Contains("goes on from there", await prune.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        // The young one stays in any case; a fast program may have come to the pieces already.
        Assert.InRange(Number(bodies), 1, Records);
        Assert.Null(PastLog.Verify(folder).Fault);
        await FinishAsync(["prune", "--bodies-before", "30d"]);
    }

    private PastLog Fill()
    {
        var past = new PastLog(folder);
        for (var i = 0; i < Records; i++)
        {
            past.Add(TimeSpan.FromDays(40), LongText.Of(i / 2), "an old answer");
        }

        past.Add(TimeSpan.FromDays(20), LongText.Of(0) + LongText.Of(-1), "a young answer");
        past.Write();
        return past;
    }

    private async Task FinishAsync(string[] arguments)
    {
        (await new Programs.Cli(folder).RunAsync(arguments)).Exits(0);
        Assert.Null(PastLog.Verify(folder).Fault);
        Assert.Equal("pruned", log.Query("SELECT kind FROM audit_events ORDER BY seq DESC LIMIT 1").Single()["kind"]);
        Assert.Equal(0L, log.Query("PRAGMA freelist_count").Single()["freelist_count"]);
        Assert.InRange(new FileInfo(folder.Database).Length, 1, 4 << 20);
        AssertYoungIsReadable();
    }

    private void AssertYoungIsReadable() => Assert.True(
        log.Query("SELECT request_body FROM request_logs ORDER BY id DESC LIMIT 1").Single().Text("request_body") == LongText.Of(0) + LongText.Of(-1),
        "The young body is not what it was.");

    private long Number(string sql) => log.Query(sql).Single().Number("n");
}
