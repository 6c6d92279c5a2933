using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>Answers questions to the log. No body is read on the way.</summary>
public sealed class AuditLogReader : IDisposable
{
    private readonly SqliteConnection connection;

    internal AuditLogReader(SqliteConnection connection) => this.connection = connection;

    /// <summary>The newest exchanges first.</summary>
    /// <param name="limit">At most this many.</param>
    /// <param name="provider">Only those that this provider answered; null for all.</param>
    public IEnumerable<HistoryEntry> History(int limit, string? provider)
    {
        using var command = connection.Prepare(
            """
            SELECT request_id, created_at_us, provider, model, endpoint, method, status_code, duration_ms, stream, outcome, error
            FROM request_logs
            WHERE $provider IS NULL OR provider = $provider
            ORDER BY id DESC LIMIT $limit
            """,
            "$provider", "$limit");
        command.Set(0, provider);
        command.Set(1, limit);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new HistoryEntry(
                reader.GetString(0),
                DateTimeOffset.UnixEpoch.AddTicks(reader.GetInt64(1) * TimeSpan.TicksPerMicrosecond),
                reader.TextOrNull(2),
                reader.TextOrNull(3),
                reader.GetString(4),
                reader.GetString(5),
                reader.IsDBNull(6) ? null : reader.GetInt32(6),
                reader.IsDBNull(7) ? null : reader.GetDouble(7),
                reader.GetInt64(8) != 0,
                reader.TextOrNull(9),
                reader.TextOrNull(10));
        }
    }

    /// <summary>Each provider's figures, the most used first.</summary>
    public IReadOnlyList<ProviderStats> Stats()
    {
        // Percentiles by nearest rank: the smallest value that at least that share of the values does not exceed.
        using var command = connection.Prepare(
            """
            WITH ranked AS (
                SELECT provider, duration_ms, outcome,
                       row_number() OVER (PARTITION BY provider ORDER BY duration_ms NULLS LAST) AS place,
                       count(duration_ms) OVER (PARTITION BY provider) AS answered
                FROM request_logs)
            SELECT provider,
                   count(*),
                   count(*) FILTER (WHERE outcome <> 'ok'),
                   avg(duration_ms),
                   min(duration_ms) FILTER (WHERE place * 100 >= answered * 50),
                   min(duration_ms) FILTER (WHERE place * 100 >= answered * 95)
            FROM ranked GROUP BY provider ORDER BY count(*) DESC, provider
            """);
        using var reader = command.ExecuteReader();
        var stats = new List<ProviderStats>();
        while (reader.Read())
        {
            stats.Add(new ProviderStats(
                reader.TextOrNull(0), reader.GetInt64(1), reader.GetInt64(2),
                MillisecondsOrNull(3), MillisecondsOrNull(4), MillisecondsOrNull(5)));
        }

        return stats;

        double? MillisecondsOrNull(int column) => reader.IsDBNull(column) ? null : Math.Round(reader.GetDouble(column), 3);
    }

    /// <summary>How many exchanges are on record.</summary>
    /// <remarks>
    /// Rows are only added, one id after the other, so the first and the last tell; counting a million takes 30 ms.
    /// </remarks>
    public long Count() => connection.Scalar<long>(
        "SELECT coalesce((SELECT max(id) FROM audit_requests) - (SELECT min(id) FROM audit_requests) + 1, 0)");

    /// <summary>Closes the connection.</summary>
    public void Dispose() => connection.Dispose();
}
