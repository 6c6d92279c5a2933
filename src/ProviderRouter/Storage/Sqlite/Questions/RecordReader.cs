using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Questions;

/// <summary>Reads exchanges without their bodies.</summary>
internal sealed class RecordReader(SqliteConnection connection) : IDisposable
{
    // The states as the view request_logs has them. The columns of bodies stand last in their rows, and are only asked whether they are
    // NULL: SQLite does not read them for that.
    private const string Columns =
        """
        SELECT q.id, q.request_id, q.received_at_us, coalesce(a.provider, q.provider), q.model, a.model, q.endpoint, q.query, q.method,
               a.status_code, a.upstream_status, a.outcome, a.error, coalesce(a.stream, q.stream), a.duration_us, a.first_byte_us, a.first_token_us,
               a.prompt_tokens, a.completion_tokens, a.cached_tokens, a.reasoning_tokens, a.finish_reason, a.tool_calls, q.client, q.client_key,
               a.attempts, q.replays, q.content_type, coalesce(a.late_request_bytes, q.body_bytes),
               CASE WHEN q.body IS NULL AND q.body_parts IS NULL AND (q.body_bytes > 0 OR q.body_digest IS NOT NULL) THEN 'pruned' ELSE q.body_state END,
               a.content_type, a.body_bytes,
               CASE WHEN a.body IS NULL AND a.body_parts IS NULL AND (a.body_bytes > 0 OR a.body_digest IS NOT NULL) THEN 'pruned' ELSE a.body_state END
        FROM audit_requests q LEFT JOIN audit_responses a ON a.request = q.id AND a.seq <= ?
        """;

    private readonly RawStatement one = new(connection, $"{Columns} WHERE q.id = ?");
    private readonly RawStatement down = new(connection, $"{Columns} WHERE q.id <= ? AND q.id >= ? ORDER BY q.id DESC");
    private readonly RawStatement up = new(connection, $"{Columns} WHERE q.id <= ? AND q.id >= ? ORDER BY q.id");

    /// <summary>The exchange with this id, or null.</summary>
    public AuditRecord? Read(long id) => ReadAsOf(id, long.MaxValue);

    /// <summary>The same, as it stood when the chain came to this place: what was answered behind it is open.</summary>
    public AuditRecord? ReadAsOf(long id, long lastRow)
    {
        one.Bind(0, lastRow);
        one.Bind(1, id);
        var record = one.Step() ? Record(one) : null;
        one.Reset();
        return record;
    }

    /// <summary>All with ids in this range, both ends included. One such enumeration at a time.</summary>
    /// <param name="first">The lowest id.</param>
    /// <param name="last">The highest id.</param>
    /// <param name="oldestFirst">In which order.</param>
    /// <param name="lastRow">What was answered behind this place in the chain is open.</param>
    public IEnumerable<AuditRecord> Read(long first, long last, bool oldestFirst, long lastRow = long.MaxValue)
    {
        var rows = oldestFirst ? up : down;
        rows.Bind(0, lastRow);
        rows.Bind(1, last);
        rows.Bind(2, first);
        try
        {
            while (rows.Step())
            {
                yield return Record(rows);
            }
        }
        finally
        {
            rows.Reset();
        }
    }

    private static AuditRecord Record(RawStatement row) => new()
    {
        Id = row.Integer(0),
        RequestId = row.Text(1),
        CreatedAt = MicrosecondTimes.FromUnix(row.Integer(2)),
        Provider = TextOrNull(row, 3),
        Model = TextOrNull(row, 4),
        ResponseModel = TextOrNull(row, 5),
        Endpoint = row.Text(6),
        Query = TextOrNull(row, 7),
        Method = row.Text(8),
        StatusCode = (int?)IntegerOrNull(row, 9),
        UpstreamStatus = (int?)IntegerOrNull(row, 10),
        Outcome = TextOrNull(row, 11),
        Error = TextOrNull(row, 12),
        Stream = row.Integer(13) != 0,
        DurationMs = IntegerOrNull(row, 14) / 1000.0,
        FirstByteMs = IntegerOrNull(row, 15) / 1000.0,
        FirstTokenMs = IntegerOrNull(row, 16) / 1000.0,
        PromptTokens = IntegerOrNull(row, 17),
        CompletionTokens = IntegerOrNull(row, 18),
        CachedTokens = IntegerOrNull(row, 19),
        ReasoningTokens = IntegerOrNull(row, 20),
        FinishReason = TextOrNull(row, 21),
        ToolCalls = IntegerOrNull(row, 22),
        Client = TextOrNull(row, 23),
        ClientKey = TextOrNull(row, 24),
        Attempts = TextOrNull(row, 25),
        Replays = TextOrNull(row, 26),
        RequestContentType = TextOrNull(row, 27),
        RequestBytes = row.Integer(28),
        RequestBodyState = row.Text(29),
        ResponseContentType = TextOrNull(row, 30),
        ResponseBytes = IntegerOrNull(row, 31),
        ResponseBodyState = TextOrNull(row, 32),
    };

    private static string? TextOrNull(RawStatement row, int column) => row.IsNull(column) ? null : row.Text(column);

    private static long? IntegerOrNull(RawStatement row, int column) => row.IsNull(column) ? null : row.Integer(column);

    /// <inheritdoc/>
    public void Dispose()
    {
        one.Dispose();
        down.Dispose();
        up.Dispose();
    }
}
