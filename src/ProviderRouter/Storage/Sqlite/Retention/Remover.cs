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
        if (removal.Stage == PruneStage.Records)
        {
            Say(AuditEvent.RecordsPruned, removal.Through.Place, RecordsDetail(removal));
            RemoveRecords(removal.Through);
        }
        else
        {
            Say(AuditEvent.BodiesPruned, removal.Through.Place, BodiesDetail(removal));
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

        Say(AuditEvent.PiecesPruned, unused.Last, $$"""{"pieces":{{unused.Ids.Count}}}""");
        using var work = new PieceRemoval(log.Connection, unused, cancellation);
        steps.Run(work);
        Counts.Pieces += work.Done;
    }

    /// <summary>Says that nothing is left undone, where something was said to go.</summary>
    public void SayThatAllIsGone()
    {
        if (log.Trace.IsUndone)
        {
            Say(AuditEvent.Pruned, log.Trace.LastSaid, Counts.Detail);
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

    private string RecordsDetail(Removal removal)
    {
        var (requests, answers, events) = doomed.Records(removal.Through);
        return $$"""{{{removal.Reason}},"lastRequest":{{removal.Through.Request}},"lastHash":"{{log.Trace.LastHash(removal.Through)}}","requests":{{requests}},"answers":{{answers}},"events":{{events}}}""";
    }

    private string BodiesDetail(Removal removal)
    {
        var counts = Array.ConvertAll(BodyColumns.All, table => doomed.Bodies(table, removal.From, removal.Through));
        return $$"""{{{removal.Reason}},"lastRequest":{{removal.Through.Request}},"bodies":{{counts.Sum(count => count.Count)}},"bytes":{{counts.Sum(count => count.Sent)}}}""";
    }

    private void Say(string kind, long through, string detail) => steps.Append(new AuditEvent(kind, time.GetUtcNow(), detail, through));
}
