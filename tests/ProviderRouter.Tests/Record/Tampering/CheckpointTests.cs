namespace ProviderRouter.Tests.Record.Tampering;

/// <summary>What retention says that it removed may be missing; what somebody else says in its place counts for nothing.</summary>
public sealed class CheckpointTests(RecordedTraffic traffic) : IClassFixture<RecordedTraffic>
{
    private const string RemoveThroughNine =
        "DELETE FROM audit_events WHERE seq <= 9; DELETE FROM audit_responses WHERE seq <= 9; DELETE FROM audit_requests WHERE seq <= 9";

    [Fact]
    public async Task Rows_that_were_said_to_be_removed_may_be_missing()
    {
        using var log = new TamperedLog(traffic);
        var head = (await log.VerifyAsync("--head")).Exits(0).Output.Trim();
        Say(log, "records_pruned", 23, 9, LastHash(log, 9));
        log.Tamper(RemoveThroughNine);

        var report = (await log.VerifyAsync("--json")).Exits(0).Json;
        Assert.Equal(10, (long)report["firstPlace"]!);
        Assert.Equal(14, (long)report["rows"]!);
        (await log.VerifyAsync("--since", head)).Exits(0);
        // A head from before says that more is gone than it should.
        await log.AssertFoundAsync("removed", 5, requestId: null, "--since", $"5:{new string('0', 64)}");
    }

    [Fact]
    public async Task An_answer_may_be_left_whose_request_was_removed()
    {
        using var log = new TamperedLog(traffic);
        Say(log, "records_pruned", 23, 20, LastHash(log, 20), lastRequest: 10);
        log.Tamper("DELETE FROM audit_events WHERE seq <= 20; DELETE FROM audit_responses WHERE seq <= 20; DELETE FROM audit_requests WHERE seq <= 20");

        Assert.Equal(21, (long)(await log.VerifyAsync("--json")).Exits(0).Json["firstPlace"]!);
    }

    [Fact]
    public async Task Rows_that_are_still_to_be_removed_are_not_passed_over()
    {
        using var log = new TamperedLog(traffic);
        Say(log, "records_pruned", 23, 9, LastHash(log, 9));
        Assert.Contains("Being removed", (await log.VerifyAsync()).Exits(0).Output, StringComparison.Ordinal);
        log.Tamper("DELETE FROM audit_responses WHERE seq = 3");
        (await log.VerifyAsync()).Exits(0);

        var (place, requestId) = log.Find("answer 2");
        log.Tamper("UPDATE audit_responses SET status_code = 500 WHERE request = 2");
        await log.AssertFoundAsync("altered", place, requestId);
    }

    [Fact]
    public async Task The_last_row_that_was_said_to_be_removed_is_the_one_that_was_meant()
    {
        using var log = new TamperedLog(traffic);
        Say(log, "records_pruned", 23, 9, LastHash(log, 9));
        log.Tamper("UPDATE audit_responses SET status_code = 500 WHERE seq = 9");
        log.Tamper(log.HashesMadeAnew(from: 9)[0]);

        await log.AssertFoundAsync("altered", 9, requestId: null);
    }

    [Fact]
    public async Task Bodies_that_were_said_to_be_removed_may_be_missing_and_no_others()
    {
        using var log = new TamperedLog(traffic);
        Say(log, "bodies_pruned", 23, 9, "");
        log.Tamper("UPDATE audit_requests SET body = NULL, body_parts = NULL WHERE seq <= 9; "
            + "UPDATE audit_responses SET body = NULL, body_parts = NULL, event_stream = NULL WHERE seq <= 9");

        var report = (await log.VerifyAsync("--json")).Exits(0).Json;
        Assert.Equal(8, (long)report["bodiesPruned"]!);
        Assert.Equal(11, (long)report["bodies"]!);

        log.Tamper("UPDATE audit_requests SET body_parts = NULL WHERE id = 5");
        await log.AssertFoundAsync("removed", 10, log.Find("request 5").RequestId);
    }

    [Theory]
    [InlineData("records_pruned", -1)]
    [InlineData("records_pruned", 0)]
    [InlineData("bodies_pruned", -1)]
    public async Task What_is_said_outside_of_the_chain_counts_for_nothing(string kind, long place)
    {
        using var log = new TamperedLog(traffic);
        var hash = LastHash(log, 9);
        log.Tamper(kind == "records_pruned" ? RemoveThroughNine : "UPDATE audit_requests SET body = NULL, body_parts = NULL WHERE seq <= 9");
        log.Tamper($"INSERT INTO audit_events VALUES ({place}, 0, '{kind}', 9, '{{\"lastHash\":\"{hash}\"}}', zeroblob(32))");

        await log.AssertFoundAsync("inserted", place, requestId: null);
    }

    [Theory]
    [InlineData("records_pruned", 1, "{\"lastHash\":\"{hash}\"}")]
    [InlineData("records_pruned", 9, "no JSON")]
    [InlineData("records_pruned", 9, "[]")]
    [InlineData("records_pruned", 9, "{\"lastHash\":12}")]
    [InlineData("records_pruned", 9, "{}")]
    public async Task What_retention_would_not_say_counts_for_nothing(string kind, long through, string detail)
    {
        using var log = new TamperedLog(traffic);
        detail = detail.Replace("{hash}", LastHash(log, 9), StringComparison.Ordinal);
        log.Tamper($"INSERT INTO audit_events VALUES (23, 0, '{kind}', {through}, '{detail}', zeroblob(32))");
        log.Tamper(RemoveThroughNine);
        log.RemakeChain(from: 23);

        // What is missing is found, or that what was removed is not what the chain goes on from.
        var fault = (await log.VerifyAsync("--json")).Exits(1).Json["fault"]!;
        Assert.Equal("removed", (string?)fault["kind"]);
        Assert.InRange((long)fault["place"]!, 1, 2);
    }

    private static string LastHash(TamperedLog log, long place) => Convert.ToHexStringLower((byte[])log.Value(
        $"SELECT hash FROM (SELECT seq, hash FROM audit_requests UNION ALL SELECT seq, hash FROM audit_responses) WHERE seq = {place}")!);

    /// <summary>Appends an event as retention does, with the hash that the chain asks for.</summary>
    private static void Say(TamperedLog log, string kind, long place, long through, string lastHash, long lastRequest = 4)
    {
        log.Tamper($"INSERT INTO audit_events VALUES ({place}, 0, '{kind}', {through}, '{{\"lastHash\":\"{lastHash}\",\"lastRequest\":{lastRequest}}}', zeroblob(32))");
        log.RemakeChain(from: place);
    }
}
