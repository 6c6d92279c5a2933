namespace ProviderRouter.Tests.Record.Tampering;

/// <summary>Whoever has the file can change it by plain SQL, and <c>provider-cli verify</c> finds it, and where.</summary>
public sealed class TamperTests(RecordedTraffic traffic) : IClassFixture<RecordedTraffic>
{
    private const string FirstPiece = "(SELECT json_extract(body_parts, '$[0][0]') FROM audit_requests WHERE id = 3)";

    private const string Hashes =
        "(SELECT unhex(group_concat(hex(p.hash), '')) FROM json_each(body_parts) r JOIN audit_pieces p "
        + "ON p.id BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]'))";

    [Fact]
    public async Task The_untouched_log_is_intact()
    {
        using var log = new TamperedLog(traffic);

        var report = (await log.VerifyAsync("--json")).Exits(0).Json;

        Assert.True((bool)report["intact"]!);
        Assert.Null(report["fault"]);
        Assert.Equal(22, (long)report["rows"]!);
        Assert.Equal(10, (long)report["requests"]!);
        // All but the request that has no body.
        Assert.Equal(19, (long)report["bodies"]!);
        Assert.Equal(0, (long)report["bodiesPruned"]!);
        Assert.Equal(1, (long)report["firstPlace"]!);
        Assert.Equal($"22:{Convert.ToHexStringLower((byte[])log.Value("SELECT hash FROM audit_events WHERE seq = 22")!)}", (string?)report["head"]);
        Assert.NotEqual(0, log.Value("SELECT count(*) FROM audit_requests WHERE json_array_length(body_parts) > 1"));
    }

    [Theory]
    [InlineData("answer 1", "UPDATE audit_responses SET status_code = 500 WHERE request = 1")]
    [InlineData("answer 1", "UPDATE audit_responses SET outcome = 'timeout', error = 'x' WHERE request = 1")]
    [InlineData("request 2", "UPDATE audit_requests SET received_at_us = received_at_us - 1 WHERE id = 2")]
    [InlineData("request 2", "UPDATE audit_requests SET provider = 'qwen-proxy' WHERE id = 2")]
    [InlineData("request 2", "UPDATE audit_requests SET client = NULL WHERE id = 2")]
    [InlineData("request 2", "UPDATE audit_requests SET query = '' WHERE id = 2")]
    [InlineData("request 2", "UPDATE audit_requests SET run = 2 WHERE id = 2")]
    [InlineData("request 4", "UPDATE audit_requests SET headers = '}' WHERE id = 4")]
    [InlineData("request 4", "UPDATE audit_requests SET headers_piece = headers_piece + 1 WHERE id = 4")]
    [InlineData("answer 9", "UPDATE audit_responses SET body_sha256 = zeroblob(32) WHERE request = 9")]
    [InlineData("request 2", "UPDATE audit_requests SET client_key = 'laptop' WHERE id = 2")]
    [InlineData("request 2", "UPDATE audit_requests SET replays = '019ab2c3-0000-7000-8000-000000000000' WHERE id = 2")]
    [InlineData("request 4", "UPDATE audit_requests SET replays = NULL WHERE id = 4")]
    [InlineData("answer 1", "UPDATE audit_responses SET attempts = '' WHERE request = 1")]
    [InlineData("answer 9", "UPDATE audit_responses SET attempts = NULL WHERE request = 9")]
    [InlineData("answer 9", "UPDATE audit_responses SET attempts = replace(attempts, '401', '402') WHERE request = 9")]
    [InlineData("event 1", "UPDATE audit_events SET detail = '{}' WHERE seq = 1")]
    [InlineData("event 22", "UPDATE audit_events SET at_us = 0 WHERE seq = 22")]
    [InlineData("request 5", "UPDATE audit_requests SET hash = zeroblob(32) WHERE id = 5")]
    public async Task A_column_that_was_changed_is_found(string row, string sql) => await AssertFoundAsync("altered", row, sql);

    [Theory]
    [InlineData("request 1", "UPDATE audit_requests SET body = replace(body, 'Hello', 'Goodbye') WHERE id = 1")]
    [InlineData("answer 1", "UPDATE audit_responses SET body = replace(body, 'Hello', 'Goodbye') WHERE request = 1")]
    [InlineData("answer 2", "UPDATE audit_responses SET event_stream = zeroblob(length(event_stream)) WHERE request = 2")]
    [InlineData("request 1", "UPDATE audit_requests SET body = CAST(body AS BLOB) WHERE id = 1")]
    [InlineData("answer 6", "UPDATE audit_responses SET body = CAST(body AS TEXT) WHERE request = 6")]
    [InlineData("request 8", "UPDATE audit_requests SET body = 42 WHERE id = 8")]
    [InlineData("request 7", "UPDATE audit_requests SET body = '' WHERE id = 7")]
    [InlineData("request 3", "UPDATE audit_requests SET body = 'beside its pieces' WHERE id = 3")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = NULL, body = " + Hashes + " WHERE id = 3")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = NULL, body = x'70' || " + Hashes + " WHERE id = 3")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = (SELECT body_parts FROM audit_requests WHERE id = 5) WHERE id = 3")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = replace(replace(body_parts, '[[', '['), ']]', ']') WHERE id = 3")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = replace(body_parts, '[[', '[[0,0],[') WHERE id = 3")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = body_parts || ' ' WHERE id = 3")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = '[]' WHERE id = 3")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = 'no JSON' WHERE id = 3")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = '[[1,9223372036854775807]]' WHERE id = 3")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = '[[-9223372036854775808,9223372036854775807]]' WHERE id = 3")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = '[' || replace(hex(zeroblob(500000)), '00', '[1,6],') || '[1,6]]' WHERE id = 3")]
    public async Task A_body_that_was_changed_is_found(string row, string sql) => await AssertFoundAsync("altered", row, sql);

    [Theory]
    [InlineData("request 1", "UPDATE audit_requests SET body = NULL WHERE id = 1")]
    [InlineData("request 3", "UPDATE audit_requests SET body_parts = NULL WHERE id = 3")]
    [InlineData("answer 2", "UPDATE audit_responses SET event_stream = NULL WHERE request = 2")]
    public async Task A_body_that_was_removed_is_found(string row, string sql) => await AssertFoundAsync("removed", row, sql);

    [Theory]
    [InlineData("request 3", "UPDATE audit_pieces SET data = CAST('x' || substr(data, 2) AS BLOB) WHERE id = " + FirstPiece)]
    [InlineData("request 3", "UPDATE audit_pieces SET data = x'78', hash = substr(sha256(x'78'), 1, 16) WHERE id = " + FirstPiece)]
    [InlineData("request 3", "UPDATE audit_pieces SET hash = zeroblob(16) WHERE id = " + FirstPiece)]
    [InlineData("request 3", "DELETE FROM audit_pieces WHERE id = " + FirstPiece)]
    [InlineData("request 3",
        "UPDATE audit_pieces SET (hash, data) = (SELECT hash, data FROM audit_pieces o WHERE o.id = 2 * " + FirstPiece + " + 1 - audit_pieces.id) "
        + "WHERE id IN (" + FirstPiece + ", " + FirstPiece + " + 1)")]
    [InlineData("request 1", "UPDATE audit_pieces SET data = x'7b', hash = substr(sha256(x'7b'), 1, 16) WHERE id = (SELECT headers_piece FROM audit_requests WHERE id = 1)")]
    public async Task A_piece_that_was_changed_is_found_by_the_first_row_that_has_it(string row, string sql) =>
        await AssertFoundAsync("altered", row, sql);

    [Fact]
    public async Task A_piece_that_no_row_has_is_found_too()
    {
        using var log = new TamperedLog(traffic);
        log.Execute("INSERT INTO audit_pieces VALUES (4611686018427387904, zeroblob(16), x'78')");

        await log.AssertFoundAsync("altered", place: null, requestId: null);
    }

    private async Task AssertFoundAsync(string kind, string row, string sql)
    {
        using var log = new TamperedLog(traffic);
        var (place, requestId) = log.Find(row);
        log.Tamper(sql);

        await log.AssertFoundAsync(kind, place, requestId);
    }
}
