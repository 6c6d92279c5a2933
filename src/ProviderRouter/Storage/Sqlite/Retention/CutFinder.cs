using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>
/// Finds where the part of the log ends that may go: before the first request that is too young, or whose answer is still to
/// come. An answer that came after that place stays until its place's turn comes.
/// </summary>
/// <remarks>
/// The first, not the last: were the clock wrong for a while, what lies between rows of a wrong time and a right one would go
/// too early.
/// </remarks>
internal sealed class CutFinder(SqliteConnection connection, IReadOnlyList<(long Run, long AnsweredThrough)> liveRuns)
{
    private const string FirstToStay =
        "SELECT id, seq FROM audit_requests WHERE id > ? AND (received_at_us >= ? OR id > ?) ORDER BY id LIMIT 1";

    private const string FirstOpen =
        """
        SELECT id, seq, request_id FROM audit_requests q WHERE id > ? AND id < ? AND run = ?
        AND NOT EXISTS (SELECT 1 FROM audit_responses a WHERE a.request = q.id) ORDER BY id LIMIT 1
        """;

    private const string LastRow =
        """
        SELECT max(q.seq, coalesce((SELECT max(seq) FROM audit_responses), 0)), q.id FROM audit_requests q ORDER BY id DESC LIMIT 1
        """;

    /// <summary>The id of the request without an answer yet that ended the last part that was looked for; null when none did.</summary>
    public string? HeldBy { get; private set; }

    /// <summary>The end of the part in which all requests came in before this time; <paramref name="from"/> when none follows it.</summary>
    public LogCut OlderThan(LogCut from, DateTimeOffset time) => Find(from, time.UnixMicroseconds, long.MaxValue);

    /// <summary>The end of the part whose last request is this one.</summary>
    public LogCut Through(LogCut from, long request) => Find(from, long.MaxValue, request);

    private LogCut Find(LogCut from, long cutoff, long last)
    {
        HeldBy = null;
        // One moment: a request that comes in meanwhile is too young.
        using var transaction = connection.BeginTransaction(deferred: true);
        var stay = First(FirstToStay, from.Request, cutoff, last);
        foreach (var (run, answeredThrough) in liveRuns)
        {
            if (First(FirstOpen, Math.Max(from.Request, answeredThrough), stay?.Request ?? long.MaxValue, run, namesIt: true) is { } open)
            {
                stay = open;
            }
        }

        var cut = stay is { } first ? new LogCut(first.Place - 1, first.Request - 1) : End();
        return cut.Request > from.Request ? cut : from;
    }

    private LogCut? First(string sql, long after, long first, long second, bool namesIt = false)
    {
        using var statement = new RawStatement(connection, sql);
        statement.Bind(0, after);
        statement.Bind(1, first);
        statement.Bind(2, second);
        if (!statement.Step())
        {
            return null;
        }

        HeldBy = namesIt ? statement.Text(2) : HeldBy;
        return new LogCut(statement.Integer(1), statement.Integer(0));
    }

    /// <summary>The last request or answer. An event after it stays: it may be young.</summary>
    private LogCut End()
    {
        using var statement = new RawStatement(connection, LastRow);
        return statement.Step() ? new LogCut(statement.Integer(0), statement.Integer(1)) : LogCut.Start;
    }
}
