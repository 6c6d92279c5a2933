namespace ProviderRouter.Tests.Record.Tampering;

/// <summary>Rows that were taken out, put in, or moved to another place in the chain.</summary>
public sealed class MisplacedRowTests(RecordedTraffic traffic) : IClassFixture<RecordedTraffic>
{
    private const string AsRequest =
        "run, received_at_us, provider, method, endpoint, query, client, model, stream, headers_piece, headers, content_type, "
        + "body_bytes, body_sha256, body_digest, body_state, hash, body, body_parts";

    [Theory]
    [InlineData(2, "DELETE FROM audit_requests WHERE id = 1")]
    [InlineData(9, "DELETE FROM audit_responses WHERE request = 4")]
    [InlineData(8, "DELETE FROM audit_requests WHERE id = 4; DELETE FROM audit_responses WHERE request = 4")]
    [InlineData(1, "DELETE FROM audit_events WHERE seq = 1")]
    [InlineData(1, "DELETE FROM audit_events WHERE seq < 10; DELETE FROM audit_requests WHERE seq < 10; DELETE FROM audit_responses WHERE seq < 10")]
    public async Task Rows_that_were_removed_are_found_by_their_place(long place, string sql)
    {
        using var log = new TamperedLog(traffic);
        log.Tamper(sql);

        await log.AssertFoundAsync("removed", place, requestId: null);
    }

    [Theory]
    [InlineData("request 4", "UPDATE audit_requests SET seq = 1000 WHERE id = 4")]
    [InlineData("request 4", "UPDATE audit_requests SET seq = -8 WHERE id = 4")]
    [InlineData("request 4", "UPDATE audit_requests SET seq = 5 WHERE id = 4")]
    [InlineData("answer 4", "UPDATE audit_responses SET seq = 1000 WHERE request = 4")]
    [InlineData("answer 4", "UPDATE audit_responses SET seq = -9 WHERE request = 4")]
    [InlineData("event 1", "UPDATE audit_events SET seq = 23 WHERE seq = 1")]
    [InlineData("answer 4", "UPDATE audit_responses SET seq = -1 WHERE seq = 9; UPDATE audit_responses SET seq = 9 WHERE seq = 13; UPDATE audit_responses SET seq = 13 WHERE seq = -1")]
    [InlineData("request 4", "UPDATE audit_requests SET id = 100 WHERE id = 4; UPDATE audit_requests SET id = 4 WHERE id = 6; UPDATE audit_requests SET id = 6 WHERE id = 100")]
    [InlineData("request 4", "UPDATE audit_requests SET id = -4 WHERE id = 4")]
    [InlineData("request 4", "UPDATE audit_requests SET id = 400 WHERE id = 4")]
    [InlineData("answer 4", "UPDATE audit_responses SET request = 14 - request WHERE request IN (4, 10)")]
    [InlineData("answer 4", "UPDATE audit_responses SET request = 1 WHERE request = 4")]
    public async Task A_row_that_was_moved_is_found_where_it_belongs(string row, string sql)
    {
        using var log = new TamperedLog(traffic);
        var (place, requestId) = log.Find(row);
        log.Tamper(sql);
        if (row == "answer 4" && sql.Contains("SET request", StringComparison.Ordinal))
        {
            // It says that it is the answer to another request, and is named as what it says.
            requestId = log.Find($"request {log.Value($"SELECT request FROM audit_responses WHERE seq = {place}")}").RequestId;
        }

        await log.AssertFoundAsync("altered", place, requestId);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task A_request_that_was_put_in_is_found(long place)
    {
        using var log = new TamperedLog(traffic);
        log.Tamper($"INSERT INTO audit_requests (seq, id, request_id, {AsRequest}) SELECT {place}, 11, 'forged', {AsRequest} FROM audit_requests WHERE id = 1");

        await log.AssertFoundAsync("inserted", place, "forged");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public async Task A_request_that_was_put_in_before_the_first_is_found_though_its_hash_is_right(long id)
    {
        using var log = new TamperedLog(traffic);
        log.Tamper($"INSERT INTO audit_requests (seq, id, request_id, {AsRequest}) SELECT 23, {id}, 'forged', {AsRequest} FROM audit_requests WHERE id = 1");
        log.RemakeChain(from: 23);

        await log.AssertFoundAsync("inserted", 23, "forged");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-7, -7)]
    [InlineData(8, 8)]
    [InlineData(9223372036854775807, 23)]
    public async Task An_event_that_was_put_in_is_found(long place, long found)
    {
        using var log = new TamperedLog(traffic);
        log.Tamper($"INSERT INTO audit_events VALUES ({place}, 0, 'started', NULL, '{{}}', zeroblob(32))");

        await log.AssertFoundAsync(found > 9 ? "removed" : "inserted", found, requestId: null);
    }

    [Fact]
    public async Task A_second_answer_is_found_though_its_hash_is_right()
    {
        using var log = new TamperedLog(traffic);
        log.Tamper("CREATE TEMP TABLE t AS SELECT * FROM audit_responses WHERE request = 4; UPDATE t SET seq = 23; INSERT INTO audit_responses SELECT * FROM t");
        log.RemakeChain(from: 23);

        await log.AssertFoundAsync("inserted", 23, log.Find("request 4").RequestId);
    }

    [Fact]
    public async Task Of_two_rows_at_one_place_the_one_that_the_chain_does_not_go_on_from_is_found()
    {
        using var log = new TamperedLog(traffic);
        log.Tamper($"INSERT INTO audit_requests (seq, id, request_id, {AsRequest}) SELECT 20, 11, 'forged', {AsRequest} FROM audit_requests WHERE id = 1");
        // Both follow the row before them.
        log.Tamper(log.HashesMadeAnew(from: 20)[0].Replace("seq = 20", "id = 11", StringComparison.Ordinal));
        await log.AssertFoundAsync("inserted", 20, "forged");

        log.Tamper("DELETE FROM audit_requests WHERE id = 11; INSERT INTO audit_events VALUES (20, 0, 'forged', NULL, '{}', zeroblob(32))");
        log.Tamper(log.HashesMadeAnew(from: 20)[0]);
        await log.AssertFoundAsync("inserted", 20, requestId: null);
    }

    [Fact]
    public async Task A_row_that_was_changed_with_its_hash_made_anew_is_found_by_the_next_one()
    {
        using var log = new TamperedLog(traffic);
        log.Tamper("UPDATE audit_requests SET model = 'another' WHERE id = 4");
        log.Tamper(log.HashesMadeAnew(from: 8)[0]);

        var report = await log.AssertFoundAsync("altered", 9, log.Find("answer 4").RequestId);

        Assert.Contains("or the row before it", (string?)report["fault"]!["message"], StringComparison.Ordinal);
    }
}
