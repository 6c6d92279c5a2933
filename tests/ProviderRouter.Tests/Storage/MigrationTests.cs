using Microsoft.Data.Sqlite;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Tests.Storage;

/// <summary>A log of the first schema is chained when a program of today opens it, and nothing in it is lost.</summary>
public sealed class MigrationTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_log_of_the_first_schema_is_moved_into_the_chain_as_it_was()
    {
        await MakeFirstSchemaAsync();

        (await new Programs.Cli(folder).RunAsync("status")).Exits(0);

        var log = new RecordedLog(folder);
        var rows = log.Query("SELECT * FROM request_logs ORDER BY id");
        Assert.Equal(["one", "two", "three"], rows.Select(row => row.Text("request_id")!));
        Assert.Equal("""{"model":"m","messages":[]}""", rows[0]["request_body"]);
        Assert.Equal(new string('漢', 20_000), rows[0]["response_body"]);
        Assert.Equal("""{"host":"h","date":"d"}""", rows[0]["request_headers"]);
        Assert.Equal((200L, "ok", 12.5, 1.5), (rows[0].Number("status_code"), rows[0]["outcome"], rows[0]["duration_ms"], rows[0]["first_byte_ms"]));
        Assert.Equal("data: [DONE]\n\n", rows[1].Events);
        Assert.Equal(new byte[] { 1, 0, 255 }, rows[1]["request_body"]);
        Assert.Equal("upstream_cut", rows[1]["outcome"]);
        Assert.Null(rows[2]["outcome"]);
        Assert.Equal(1_700_000_000L, rows[0].Number("created_at"));

        var report = SqliteDatabase.Open(new DataFolder(folder.Data), TimeProvider.System).Verify(since: null, (_, _) => { });
        Assert.Null(report.Fault);
        Assert.Equal(3, report.Requests);
        // What retention removes must be able to leave the file.
        Assert.Equal(2L, log.Query("PRAGMA auto_vacuum").Single()["auto_vacuum"]);
        Assert.Empty(log.Query("SELECT name FROM sqlite_schema WHERE name LIKE 'old%'"));
    }

    [Fact]
    public async Task Both_programs_can_move_it_at_the_same_moment()
    {
        await MakeFirstSchemaAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => new Programs.Cli(folder).RunAsync("status")));

        Assert.All(results, result => result.Exits(0));
        Assert.Equal(3, new RecordedLog(folder).Count());
    }

    private async Task MakeFirstSchemaAsync()
    {
        Directory.CreateDirectory(folder.Data);
        var schema = await File.ReadAllTextAsync(Path.Combine(
            BuiltPrograms.RepositoryRoot, "src/ProviderRouter/Storage/Sqlite/Migrations/001_initial.sql"));
        await using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL;" + schema +
            """
            ;PRAGMA application_id = 1347579766; PRAGMA user_version = 1;
            INSERT INTO audit_requests (request_id, received_at_us, provider, method, endpoint, stream, headers, body_bytes, body_state, body)
            VALUES ('one', 1700000000000000, 'lm-studio', 'POST', '/v1/chat/completions', 0, '{"host":"h","date":"d"}', 27, 'whole', '{"model":"m","messages":[]}'),
                   ('two', 1700000001000000, 'lm-studio', 'POST', '/v1/chat/completions', 1, '{}', 3, 'whole', x'0100FF'),
                   ('three', 1700000002000000, NULL, 'GET', '/v1/models', 0, '{}', 0, 'none', NULL);
            INSERT INTO audit_responses (request_id, ended_at_us, provider, outcome, status_code, duration_us, first_byte_us, stream, headers, body_bytes, body_state, body, event_stream)
            VALUES ('one', 1700000000012500, 'lm-studio', 'ok', 200, 12500, 1500, 0, '{}', 60000, 'whole', $text, NULL),
                   ('two', 1700000001012500, 'lm-studio', 'upstream_cut', 200, 12500, NULL, 1, '{}', 14, 'incomplete', '{"choices":[]}', 'data: [DONE]' || char(10) || char(10));
            """;
        command.Parameters.AddWithValue("$text", new string('漢', 20_000));
        command.ExecuteNonQuery();
    }
}
