using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>
/// What retention did, as the chain has it: an event says what is about to go, and one of kind <c>pruned</c> that all of it is
/// gone. So whoever comes next knows whether something was left undone.
/// </summary>
internal sealed class RetentionTrace(SqliteConnection connection)
{
    private const string LastCuts =
        """
        SELECT through, coalesce(json_extract(detail, '$.lastRequest'), 0) FROM audit_events
        WHERE kind = ? AND through IS NOT NULL ORDER BY through DESC LIMIT 2
        """;

    private const string Said =
        """
        SELECT coalesce(max(seq), 0) FROM audit_events
        WHERE kind IN ('bodies_pruned', 'pieces_pruned', 'records_pruned') AND through IS NOT NULL
        """;

    private const string Done =
        "SELECT coalesce(max(through), 0) FROM audit_events WHERE kind = 'pruned' AND through IS NOT NULL";

    private const string HashAt =
        """
        SELECT hash FROM audit_requests WHERE id = ?2 AND seq = ?1
        UNION ALL SELECT hash FROM audit_responses WHERE seq = ?1
        UNION ALL SELECT hash FROM audit_events WHERE seq = ?1
        """;

    /// <summary>True when something was said to go, and nothing says that it is gone.</summary>
    public bool IsUndone => LastSaid > connection.Scalar<long>(Done);

    /// <summary>The place of the last event that said so.</summary>
    public long LastSaid => connection.Scalar<long>(Said);

    /// <summary>What was said last of whole records.</summary>
    public LogCut Records => Cuts(AuditEvent.RecordsPruned).Last;

    /// <summary>What was said last of bodies, and what the time before.</summary>
    public (LogCut Last, LogCut Before) Bodies => Cuts(AuditEvent.BodiesPruned);

    /// <summary>Where bodies begin that have not been said to go.</summary>
    public LogCut BodiesGone => LogCut.Later(Bodies.Last, Records);

    /// <summary>The hash of the last row of this part.</summary>
    /// <exception cref="SetUpException">That row is not there.</exception>
    public string LastHash(LogCut cut)
    {
        using var row = new RawStatement(connection, HashAt);
        row.Bind(0, cut.Place);
        row.Bind(1, cut.Request);
        return row.Step() ? Convert.ToHexStringLower(row.Bytes(0)) : throw new SetUpException(
            $"The log has no row at place {cut.Place}: it was tampered with, and no record is removed. See provider-cli verify");
    }

    private (LogCut Last, LogCut Before) Cuts(string kind)
    {
        using var rows = new RawStatement(connection, LastCuts);
        rows.BindText(0, Encoding.UTF8.GetBytes(kind));
        var last = Next();
        return (last, Next());

        LogCut Next() => rows.Step() ? new LogCut(rows.Integer(0), rows.Integer(1)) : LogCut.Start;
    }
}
