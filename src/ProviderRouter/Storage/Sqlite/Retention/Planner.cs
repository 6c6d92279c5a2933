using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Settings;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>Says which parts of the log are to go.</summary>
internal sealed class Planner(SqliteConnection connection, CutFinder cuts, TimeProvider time)
{
    /// <summary>Where a database is too large, it is made this much smaller than it has to be, so as not to be too large again at once.</summary>
    private const int SpareShare = 20;

    /// <summary>Of records, at least this share goes at a time.</summary>
    private const int LeastShare = 32;

    private readonly DoomedRows doomed = new(connection);

    /// <summary>What is too old, records first: what is gone with them has no bodies left to remove.</summary>
    public IEnumerable<Removal> ByAge(RetentionSettings retention, LogCut recordsGone, LogCut bodiesGone)
    {
        var now = time.GetUtcNow();
        if (retention.RecordsBefore is { } age)
        {
            var through = cuts.OlderThan(recordsGone, now - age);
            bodiesGone = LogCut.Later(bodiesGone, through);
            if (through != recordsGone)
            {
                yield return new Removal(PruneStage.Records, recordsGone, through, Removal.IsBefore(now - age));
            }
        }

        if (retention.BodiesBefore is { } bodyAge)
        {
            var through = cuts.OlderThan(bodiesGone, now - bodyAge);
            if (doomed.HasBodies(bodiesGone, through))
            {
                yield return new Removal(PruneStage.Bodies, bodiesGone, through, Removal.IsBefore(now - bodyAge));
            }
        }
    }

    /// <summary>What is to go next of a database that is too large: the oldest bodies, and records once no body is left. Null when nothing can.</summary>
    public Removal? BySize(long maxSize, long used, LogCut recordsGone, LogCut bodiesGone, CancellationToken cancellation)
    {
        var newest = connection.Scalar<long>("SELECT coalesce(max(id), 0) FROM audit_requests");
        var excess = used - maxSize + (maxSize / SpareShare);
        if (doomed.HasBodies(bodiesGone, cuts.Through(bodiesGone, newest)))
        {
            var last = new BodyWeights(connection).RequestToFree(excess, bodiesGone.Request, cancellation);
            var through = cuts.Through(bodiesGone, last);
            return doomed.HasBodies(bodiesGone, through)
                ? new Removal(PruneStage.Bodies, bodiesGone, through, Removal.IsTooMuchFor(maxSize)) : null;
        }

        var count = newest - recordsGone.Request;
        var share = Math.Clamp((double)excess / used, 1.0 / LeastShare, 1);
        var cut = cuts.Through(recordsGone, recordsGone.Request + (long)Math.Ceiling(count * share));
        return cut == recordsGone ? null : new Removal(PruneStage.Records, recordsGone, cut, Removal.IsTooMuchFor(maxSize));
    }
}
