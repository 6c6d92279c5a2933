using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Questions;

/// <summary>Follows the log as it is written, by whichever program: what came in and what ended since it was last asked.</summary>
/// <remarks>Rows are only added, each at the end of one chain; so what is new is what lies behind a place, however old its request is.</remarks>
public sealed class LogTail : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly RecordReader records;
    private readonly RawStatement version;
    private readonly RawStatement end;
    private readonly RawStatement answered;
    private readonly string mark;
    private long seenVersion = -1;

    internal LogTail(SqliteConnection connection, RecordReader records, LogPlace? from)
    {
        (this.connection, this.records) = (connection, records);
        version = new RawStatement(connection, "PRAGMA data_version");
        end = new RawStatement(connection,
            """
            SELECT coalesce((SELECT max(id) FROM audit_requests), 0),
                   max(coalesce((SELECT seq FROM audit_requests ORDER BY id DESC LIMIT 1), 0), coalesce((SELECT max(seq) FROM audit_responses), 0))
            """);
        answered = new RawStatement(connection, "SELECT request FROM audit_responses WHERE seq > ? AND seq <= ? LIMIT ?");
        mark = connection.Scalar<string>("SELECT coalesce((SELECT lower(hex(substr(hash, 1, 4))) FROM audit_events ORDER BY seq LIMIT 1), '')");
        Place = from ?? End();
    }

    /// <summary>How far it has come; at first the end of the log, unless said otherwise.</summary>
    public LogPlace Place { get; private set; }

    /// <summary>What came in or ended since, in the order in which it came in, each as it stands there.</summary>
    /// <param name="most">How much that may be.</param>
    /// <param name="through">How far it goes, and as of when: what was answered behind it is open. Null for the end of the log.</param>
    /// <returns>Null where it is more than that; it is passed over.</returns>
    /// <exception cref="SqliteException">The log cannot be read; nothing was passed over.</exception>
    public IReadOnlyList<AuditRecord>? Step(int most = int.MaxValue, LogPlace? through = null)
    {
        if (through is null && !HasChanged())
        {
            return [];
        }

        try
        {
            // All as of one moment: what is answered a moment later is for the next step.
            var (found, reached) = connection.InTransaction("BEGIN", () => Read(through ?? End(), most));
            Place = reached;
            return found;
        }
        catch (SqliteException)
        {
            seenVersion = -1;
            throw;
        }
    }

    private (IReadOnlyList<AuditRecord>? Found, LogPlace Reached) Read(LogPlace last, int most)
    {
        // When retention has taken all requests, the end is before the place.
        var reached = new LogPlace(Math.Max(Place.Request, last.Request), Math.Max(Place.Row, last.Row), last.Log);
        if (reached.Request - Place.Request > most || Ended(reached.Row, most) is not { } ended)
        {
            return (null, reached);
        }

        return (
            [
                .. ended.Where(id => id <= Place.Request).Order().Select(id => records.ReadAsOf(id, reached.Row)).OfType<AuditRecord>(),
                .. reached.Request > Place.Request ? records.Read(Place.Request + 1, reached.Request, oldestFirst: true, reached.Row) : [],
            ],
            reached);
    }

    /// <summary>The requests whose answers came on record since; null where they are more than <paramref name="most"/>.</summary>
    private List<long>? Ended(long lastRow, int most)
    {
        var ids = new List<long>();
        answered.Bind(0, Place.Row);
        answered.Bind(1, lastRow);
        answered.Bind(2, most + 1L);
        while (answered.Step())
        {
            ids.Add(answered.Integer(0));
        }

        answered.Reset();
        return ids.Count <= most ? ids : null;
    }

    /// <summary>True when another connection has written anything since the last time.</summary>
    private bool HasChanged()
    {
        version.Step();
        var now = version.Integer(0);
        version.Reset();
        var hasChanged = now != seenVersion;
        seenVersion = now;
        return hasChanged;
    }

    private LogPlace End()
    {
        end.Step();
        var place = new LogPlace(end.Integer(0), end.Integer(1), mark);
        end.Reset();
        return place;
    }

    /// <summary>Ends it; the log's reader stays open.</summary>
    public void Dispose()
    {
        version.Dispose();
        end.Dispose();
        answered.Dispose();
    }
}
