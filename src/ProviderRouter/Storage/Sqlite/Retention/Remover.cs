using ProviderRouter.AuditLog;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>Says in the chain what is about to go, removes it, and counts it.</summary>
internal sealed class Remover(RetentionConnection log, SmallSteps steps, TimeProvider time, CancellationToken cancellation)
{
    private readonly DoomedRows doomed = new(log.Connection);

    /// <summary>What was removed so far.</summary>
    public PruneCounts Counts { get; } = new();

    /// <summary>Says it, and does it.</summary>
    public void Remove(Removal removal)
    {
        steps.Append(removal.ToEvent(doomed, log.Trace, time.GetUtcNow()));
        if (removal.Stage == PruneStage.Records)
        {
            RemoveRecords(removal.Through);
        }
        else
        {
            RemoveBodies(removal.From, removal.Through);
        }
    }

    /// <summary>Removes what a run before this one had said to go, and did not come to; false when there is nothing of that kind.</summary>
    public bool FinishWhatWasSaid()
    {
        var isUndone = log.Trace.IsUndone;
        if (isUndone)
        {
            // An event is only said once what the one before it said is done.
            var (last, before) = log.Trace.Bodies;
            RemoveRecords(log.Trace.Records);
            RemoveBodies(before, last);
        }

        return isUndone;
    }

    /// <summary>Removes the pieces that no row refers to.</summary>
    public void RemovePieces()
    {
        using var unused = new UnusedPieces(log.Connection, LogCut.Start, LogCut.Start);
        unused.CatchUp(cancellation);
        if (unused.Ids.Count == 0)
        {
            return;
        }

        steps.Append(new AuditEvent(AuditEvent.PiecesPruned, time.GetUtcNow(), $$"""{"pieces":{{unused.Ids.Count}}}""", unused.Last));
        using var work = new PieceRemoval(log.Connection, unused, cancellation);
        steps.Run(work);
        Counts.Pieces += work.Done;
    }

    /// <summary>Says that nothing is left undone, where something was said to go.</summary>
    public void SayThatAllIsGone()
    {
        if (log.Trace.IsUndone)
        {
            steps.Append(new AuditEvent(AuditEvent.Pruned, time.GetUtcNow(), Counts.Detail, log.Trace.LastSaid));
        }
    }

    private void RemoveRecords(LogCut through)
    {
        using var work = new RecordRemoval(log.Connection, through, doomed.Records(through).Requests);
        steps.Run(work);
        Counts.Records += work.Done;
    }

    private void RemoveBodies(LogCut from, LogCut through)
    {
        foreach (var table in BodyColumns.All)
        {
            using var work = new BodyRemoval(log.Connection, table, from, through, doomed.Bodies(table, from, through).Count);
            steps.Run(work);
            Counts.Bodies += work.Done;
            Counts.BodyBytes += work.Bytes;
        }
    }
}
