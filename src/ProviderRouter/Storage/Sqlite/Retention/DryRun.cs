using ProviderRouter.AuditLog;
using ProviderRouter.Settings;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>What <see cref="Pruning"/> would remove, without removing it. Sizes are estimates.</summary>
internal sealed class DryRun(RetentionConnection log, CancellationToken cancellation)
{
    private readonly DoomedRows doomed = new(log.Connection);
    private readonly BodyWeights weights = new(log.Connection);

    /// <summary>Works it out.</summary>
    public PruneReport Run(RetentionSettings retention)
    {
        var (last, before) = log.Trace.Bodies;
        var (isUndone, isTooLarge) = (log.Trace.IsUndone, false);
        var bodiesFrom = isUndone ? before : last;
        var (records, bodies) = (log.Trace.Records, log.Trace.BodiesGone);
        foreach (var removal in log.Planner.ByAge(retention, records, bodies))
        {
            Take(removal);
        }

        var (counts, freed) = Count(bodiesFrom, records, bodies);
        while (retention.MaxSize is { } maxSize && log.Free.UsedBytes - freed > maxSize && !isTooLarge)
        {
            var removal = log.Planner.BySize(maxSize, log.Free.UsedBytes - freed, records, bodies, cancellation);
            isTooLarge = removal is null;
            if (removal is not null)
            {
                Take(removal);
                (counts, freed) = Count(bodiesFrom, records, bodies);
            }
        }

        var size = log.Free.FileBytes;
        return counts.Report(log, records, bodies, size, Math.Max(0, log.Free.UsedBytes - freed)) with { IsTooLarge = isTooLarge };

        void Take(Removal removal)
        {
            records = removal.Stage == PruneStage.Records ? removal.Through : records;
            bodies = LogCut.Later(bodies, removal.Through);
        }
    }

    private (PruneCounts Counts, long Freed) Count(LogCut bodiesFrom, LogCut records, LogCut bodies)
    {
        using var unused = new UnusedPieces(log.Connection, records, bodies);
        unused.CatchUp(cancellation);
        var counts = new PruneCounts { Records = doomed.Records(records).Requests, Pieces = unused.Ids.Count };
        var freed = (counts.Records * BodyWeights.Record) + weights.OfPieces(counts.Pieces);
        foreach (var table in BodyColumns.All)
        {
            var (count, sent, inRows) = doomed.Bodies(table, LogCut.Later(bodiesFrom, records), bodies);
            counts.Bodies += count;
            counts.BodyBytes += sent;
            freed += inRows + doomed.Bodies(table, LogCut.Start, records).InRows;
        }

        return (counts, freed);
    }
}
