using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>What is removed, counted.</summary>
internal sealed class PruneCounts
{
    public long Records { get; set; }

    public long Bodies { get; set; }

    public long BodyBytes { get; set; }

    public long Pieces { get; set; }

    /// <summary>For the event that says that all of it is gone.</summary>
    public string Detail => $$"""{"records":{{Records}},"bodies":{{Bodies}},"bytes":{{BodyBytes}},"pieces":{{Pieces}}}""";

    /// <summary>For people.</summary>
    public PruneReport Report(RetentionConnection log, LogCut recordsGone, LogCut bodiesGone, long before, long after) => new(
        Records, Bodies, BodyBytes, Pieces, before, after,
        FirstAfter(log, recordsGone), FirstAfter(log, bodiesGone), log.Cuts.HeldBy, IsTooLarge: false, !log.Free.CanBeReturned);

    private static DateTimeOffset? FirstAfter(RetentionConnection log, LogCut cut)
    {
        using var row = new RawStatement(log.Connection, "SELECT received_at_us FROM audit_requests WHERE id > ? ORDER BY id LIMIT 1");
        row.Bind(0, cut.Request);
        return row.Step() ? MicrosecondTimes.FromUnix(row.Integer(0)) : null;
    }
}
