using Microsoft.Data.Sqlite;

namespace ProviderRouter.Tests.Record;

/// <summary>The log is only ever added to: the database itself refuses everything else.</summary>
public sealed class AppendOnlyTests
{
    [Fact]
    public async Task Rows_can_neither_be_changed_nor_deleted_nor_replaced()
    {
        await using var setup = await Setup.StartAsync();
        using var response = await setup.ChatAsync("fake-small");
        var before = setup.Log.Of(response);

        foreach (var statement in new[]
        {
            "UPDATE request_logs SET provider = 'x'",
            "DELETE FROM request_logs",
            "UPDATE audit_requests SET provider = 'x'",
            "DELETE FROM audit_requests",
            "UPDATE audit_responses SET status_code = 500",
            "DELETE FROM audit_responses",
            "REPLACE INTO audit_requests SELECT * FROM audit_requests",
            "INSERT OR REPLACE INTO audit_responses SELECT * FROM audit_responses",
        })
        {
            var error = Assert.Throws<SqliteException>(() => setup.Log.Execute(statement));
            Assert.Contains("append-only", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before["provider"], setup.Log.Of(response)["provider"]);
        Assert.Equal(1, setup.Log.Count());
    }

    [Fact]
    public async Task Any_sqlite_client_can_read_the_log()
    {
        await using var setup = await Setup.StartAsync();
        using var response = await setup.ChatAsync("fake-small", say: "漢字");

        var row = setup.Log.Query(
            "SELECT id, request_id, provider, endpoint, method, request_body, response_body, status_code, duration_ms, error, created_at, "
            + "typeof(request_body) AS request_type, typeof(response_body) AS response_type, unixepoch() - created_at AS age FROM request_logs").Single();
        Assert.Equal("/v1/chat/completions", row["endpoint"]);
        Assert.Equal("text", row["request_type"]);
        Assert.Equal("text", row["response_type"]);
        Assert.Equal(200, row.Number("status_code"));
        Assert.Null(row["error"]);
        Assert.InRange((double)row["duration_ms"]!, 0.001, 60_000);
        Assert.InRange(row.Number("age"), 0, 60);
        Assert.Contains("studio says: 漢字", row.Text("response_body"), StringComparison.Ordinal);
    }
}
