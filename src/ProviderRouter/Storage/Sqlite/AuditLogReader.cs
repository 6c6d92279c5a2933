using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Questions;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>Answers questions to the log. Bodies are read only where they are asked for.</summary>
public sealed class AuditLogReader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly RecordReader records;
    private readonly BodyReader bodies;
    private readonly RecordNames names;
    private readonly DigestReader digests;

    internal AuditLogReader(SqliteConnection connection)
    {
        this.connection = connection;
        (records, bodies, names) = (new RecordReader(connection), new BodyReader(connection), new RecordNames(connection));
        digests = new DigestReader(connection);
    }

    /// <summary>The exchanges that a filter is true of, the newest first unless said otherwise, as they are asked for.</summary>
    public IEnumerable<AuditRecord> Find(ExchangeFilter filter, bool oldestFirst = false) =>
        records.Read((filter.AfterId ?? 0) + 1, (filter.BeforeId ?? long.MaxValue) - 1, oldestFirst).Where(filter.Matches);

    /// <summary>The exchange with this <see cref="AuditRecord.Id"/>; null when it is not on record.</summary>
    public AuditRecord? Read(long id) => records.Read(id);

    /// <summary>What was sent in it; null when it is not on record.</summary>
    public RecordedBodies? ReadBodies(long id) => bodies.Read(id);

    /// <summary>The SHA-256 of a request's body as it was sent, in hex; null when it had none, or is not on record.</summary>
    public string? ReadRequestDigest(long id) => digests.Read(id);

    /// <summary>Which exchange is meant by an id, the start of one, or <c>last</c>.</summary>
    public RecordName Name(string typed) => names.Find(typed);

    /// <summary>The shortest start of a request's id, from 13 letters on, that names no other one on record.</summary>
    public string Shorten(string requestId) => names.Shorten(requestId);

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
    public void Dispose()
    {
        records.Dispose();
        bodies.Dispose();
        names.Dispose();
        digests.Dispose();
        connection.Dispose();
    }
}
