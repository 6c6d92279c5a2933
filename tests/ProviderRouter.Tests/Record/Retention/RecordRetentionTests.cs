using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Record.Retention;

/// <summary><c>provider-cli prune --records-before</c>: whole records go, and the chain goes on from where they ended.</summary>
public sealed class RecordRetentionTests : IDisposable
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(400);
    private static readonly TimeSpan Young = TimeSpan.FromDays(300);

    private readonly TestFolder folder = new();
    private readonly RecordedLog log;

    public RecordRetentionTests() => log = new RecordedLog(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Records_that_are_too_old_go_and_the_chain_goes_on_from_a_checkpoint()
    {
        using (var past = new PastLog(folder))
        {
            past.Add(Old, LongText.Of(1), "an old answer");
            past.Add(Old, "an old question", LongText.Of(2));
            past.Add(Young, LongText.Of(1), "a young answer");
        }

        var (head, hash) = (PastLog.Verify(folder).Head, log.Query("SELECT hash FROM audit_responses WHERE seq = 5").Single()["hash"]);
        var kept = log.Query("SELECT * FROM request_logs WHERE id = 3").Single();
        var removed = (await RunAsync("prune", "--records-before", "1y", "--bodies-before", "350d", "--json")).Exits(0).Json;

        Assert.Equal(2, (int)removed["recordsRemoved"]!);
        Assert.Equal(0, (int)removed["bodiesRemoved"]!);
        var left = log.Query("SELECT * FROM request_logs").Single();
        Assert.All(kept.Names, name => Assert.Equal(kept[name], left[name]));
        Assert.Equal(kept.Number("created_at"), DateTimeOffset.Parse((string)removed["oldestRecord"]!).ToUnixTimeSeconds());
        var verified = PastLog.Open(folder).Verify(since: head, (_, _) => { });
        Assert.Null(verified.Fault);
        Assert.Equal((6, 1), (verified.FirstPlace, verified.Requests));
        var checkpoint = log.Query("SELECT through, detail FROM audit_events WHERE kind = 'records_pruned'").Single();
        Assert.Equal(5L, checkpoint["through"]);
        Assert.Contains($"\"lastRequest\":2,\"lastHash\":\"{Convert.ToHexStringLower((byte[])hash!)}\",\"requests\":2,\"answers\":2,\"events\":1",
            checkpoint.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_everything_went_ids_and_chain_go_on()
    {
        using (var past = new PastLog(folder))
        {
            past.Add(Old, LongText.Of(1), "an old answer");
            past.Add(Old, "an old question", LongText.Of(2));
        }

        for (var round = 0; round < 2; round++)
        {
            (await RunAsync("prune", "--records-before", "1y")).Exits(0);
            Assert.Equal(0, log.Count());
            Assert.Null(PastLog.Verify(folder).Fault);
        }

        // The second time there was nothing: no event says that there was.
        Assert.Equal(1L, log.Query("SELECT count(*) AS n FROM audit_events WHERE kind = 'records_pruned'").Single()["n"]);
        using (var past = new PastLog(folder))
        {
            past.Add(Old, LongText.Of(1), "another answer");
        }

        Assert.Equal(3L, log.Query("SELECT id FROM request_logs").Single()["id"]);
        Assert.Null(PastLog.Verify(folder).Fault);
        (await RunAsync("prune", "--records-before", "1y")).Exits(0);
        using (var past = new PastLog(folder))
        {
            past.Add(Young, LongText.Of(1), "another answer");
        }

        Assert.Equal(4L, log.Query("SELECT id FROM request_logs").Single()["id"]);
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    [Theory]
    [InlineData("--records-before", "recordsRemoved", 1)]
    [InlineData("--bodies-before", "bodiesRemoved", 2)]
    public async Task A_request_in_flight_stays_however_old_it_is_and_so_does_what_came_after_it(string option, string what, int count)
    {
        using (var past = new PastLog(folder))
        {
            past.Add(Old, "before", "an old answer");
            var open = past.AddOpen(Old, "in flight");
            past.Add(Old, "after", "an old answer");
            past.Write();

            var removed = (await RunAsync("prune", option, "1y", "--json")).Exits(0);
            Assert.Equal(open, (string?)removed.Json["heldBy"]);
            Assert.Equal(count, (int)removed.Json[what]!);
            Assert.Contains(open, removed.Errors, StringComparison.Ordinal);
            Assert.Equal(["in flight", "after"], Questions());
            Assert.Null(PastLog.Verify(folder).Fault);

            past.AddAnswer(open, TimeSpan.Zero, "at last");
        }

        Assert.Equal("at last", log.Query("SELECT response_body FROM request_logs WHERE request_body = 'in flight'").Single()["response_body"]);
        Assert.Null((await RunAsync("prune", option, "1y", "--json")).Exits(0).Json["heldBy"]);
        Assert.Empty(Questions());
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    [Fact]
    public async Task A_request_whose_answer_may_be_in_the_spool_of_a_server_that_ended_stays_until_that_is_known()
    {
        var spool = "";
        using (var past = new PastLog(folder))
        {
            past.AddOpen(Old, "answered in the spool");
            past.Write();
            spool = Path.Combine(folder.Data, $"provider-router-0-{log.Query("SELECT id FROM runs").Single()["id"]}-1.spool");
            await File.WriteAllTextAsync(spool, "");
        }

        Assert.Equal(0, (int)(await RunAsync("prune", "--records-before", "1y", "--json")).Exits(0).Json["recordsRemoved"]!);
        Assert.Equal(0, (int)(await RunAsync("prune", "--records-before", "1y", "--json", "--dry-run")).Exits(0).Json["recordsRemoved"]!);

        File.Delete(spool);
        Assert.Equal(1, (int)(await RunAsync("prune", "--records-before", "1y", "--json", "--dry-run")).Exits(0).Json["recordsRemoved"]!);
        Assert.Equal(1, (int)(await RunAsync("prune", "--records-before", "1y", "--json")).Exits(0).Json["recordsRemoved"]!);
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    [Fact]
    public async Task A_request_whose_answer_came_after_younger_requests_goes_and_its_answer_follows_later()
    {
        using (var past = new PastLog(folder))
        {
            var slow = past.AddOpen(Old, "slow");
            past.Add(Young, "meanwhile", "a young answer");
            past.AddAnswer(slow, Young, "a late answer");
        }

        (await RunAsync("prune", "--records-before", "1y")).Exits(0);
        Assert.Equal(["meanwhile"], Questions());
        Assert.Null(PastLog.Verify(folder).Fault);

        (await RunAsync("prune", "--records-before", "200d")).Exits(0);
        Assert.Equal(0L, log.Query("SELECT count(*) AS n FROM audit_responses").Single()["n"]);
        Assert.Null(PastLog.Verify(folder).Fault);
    }

    private List<string?> Questions() =>
        log.Query("SELECT request_body FROM request_logs WHERE request_body IS NOT NULL ORDER BY id").ConvertAll(row => row.Text("request_body"));

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
