namespace ProviderRouter.Tests.Record.Tampering;

/// <summary>A schema or a file that shows something else than what was written, though every row is as it was.</summary>
public sealed class TamperedSchemaTests(RecordedTraffic traffic) : IClassFixture<RecordedTraffic>
{
    [Theory]
    [InlineData("trigger audit_requests_no_update is missing", "DROP TRIGGER audit_requests_no_update")]
    [InlineData("trigger audit_pieces_no_delete was changed",
        "DROP TRIGGER audit_pieces_no_delete; CREATE TRIGGER audit_pieces_no_delete BEFORE DELETE ON audit_pieces BEGIN SELECT 1; END")]
    [InlineData("trigger later was added", "CREATE TRIGGER later AFTER INSERT ON audit_responses BEGIN SELECT 1; END")]
    [InlineData("trigger elsewhere was added",
        "CREATE TRIGGER elsewhere AFTER UPDATE ON settings BEGIN INSERT INTO audit_events VALUES (99, 0, 'x', NULL, '{}', x''); END")]
    [InlineData("view request_logs is missing", "DROP VIEW request_logs")]
    [InlineData("view request_logs was changed",
        "DROP VIEW request_logs; CREATE VIEW request_logs AS SELECT * FROM audit_requests WHERE id <> 4")]
    [InlineData("table audit_requests was changed", "ALTER TABLE audit_requests ADD COLUMN more TEXT")]
    [InlineData("index audit_responses_by_request is missing", "DROP INDEX audit_responses_by_request")]
    [InlineData("index audit_requests_by_model was added", "CREATE INDEX audit_requests_by_model ON audit_requests (model)")]
    public async Task What_was_changed_in_the_schema_is_found(string expected, string sql)
    {
        using var log = new TamperedLog(traffic);
        log.Execute(sql);

        var report = await log.AssertFoundAsync("schema", place: null, requestId: null);

        Assert.Contains(expected, (string?)report["fault"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_of_ones_own_is_no_fault()
    {
        using var log = new TamperedLog(traffic);
        log.Execute("CREATE VIEW errors AS SELECT * FROM request_logs WHERE outcome <> 'ok'; CREATE TABLE notes (note TEXT)");

        (await log.VerifyAsync()).Exits(0);
    }

    [Fact]
    public async Task An_index_that_hides_rows_is_found()
    {
        using var log = new TamperedLog(traffic);
        var schema = (string)log.Value("SELECT sql FROM sqlite_schema WHERE name = 'audit_responses_by_request'")!;
        // An index over no row, that says it is one over all: readers of request_logs see no answer any more.
        log.Execute("DROP INDEX audit_responses_by_request; CREATE INDEX audit_responses_by_request ON audit_responses (request) WHERE seq < 0");
        log.Execute($"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = '{schema}' WHERE name = 'audit_responses_by_request'");
        Assert.Equal(0L, log.Value("SELECT count(status_code) FROM request_logs"));

        var report = await log.AssertFoundAsync("damaged", 3, log.Find("request 1").RequestId);

        Assert.Contains("index", (string?)report["fault"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_damaged_in_its_middle_is_found()
    {
        using var log = new TamperedLog(traffic);
        await using (var file = File.OpenWrite(log.Database))
        {
            var page = Convert.ToInt64(log.Value("SELECT rootpage FROM sqlite_schema WHERE name = 'audit_responses'"));
            file.Position = (page - 1) * 4096;
            file.Write(Enumerable.Repeat((byte)0xAA, 4096).ToArray());
        }

        var result = (await log.VerifyAsync("--json")).Exits(1);

        Assert.Equal("damaged", (string?)result.Json["fault"]!["kind"]);
        Assert.Contains("is damaged", Assert.Single(result.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
