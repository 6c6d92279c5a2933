using ProviderRouter.AuditLog;
using ProviderRouter.Settings;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>
/// Removes from the log what is too old or too much, beside servers that write, so that the chain can be verified after every
/// step. It may end at any moment, also by force. In this order:
/// <list type="number">
/// <item>What a run before this one had said to go, and did not come to.</item>
/// <item>Records that are too old, and then bodies: first an event that says so, then the rows.</item>
/// <item>Pieces that no row refers to any more.</item>
/// <item>The free pages of the file go back to the file system.</item>
/// <item>While the database is too large: the oldest bodies, or records, and again from 3.</item>
/// <item>An event that says that nothing is left undone.</item>
/// </list>
/// </summary>
internal sealed class Pruning : IDisposable
{
    private readonly CancellationToken cancellation;
    private readonly RetentionConnection log;
    private readonly SmallSteps steps;
    private readonly Remover remover;

    public Pruning(SqliteDatabase database, TimeProvider time, Action<PruneProgress> progress, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        log = new RetentionConnection(database, time);
        steps = new SmallSteps(log.Connection, log.Tables, time, progress, cancellation);
        remover = new Remover(log, steps, time, cancellation);
    }

    /// <summary>Does it.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop. What is done stays done.</exception>
    public PruneReport Run(RetentionSettings retention)
    {
        var before = log.Free.FileBytes;
        var isTooLarge = false;
        var isUntidy = remover.FinishWhatWasSaid();
        foreach (var removal in log.Planner.ByAge(retention, log.Trace.Records, log.Trace.BodiesGone))
        {
            remover.Remove(removal);
            isUntidy = true;
        }

        TidyUp(isUntidy);
        while (retention.MaxSize is { } maxSize && log.Free.UsedBytes > maxSize && !isTooLarge)
        {
            var removal = log.Planner.BySize(maxSize, log.Free.UsedBytes, log.Trace.Records, log.Trace.BodiesGone, cancellation);
            isTooLarge = removal is null;
            if (removal is not null)
            {
                remover.Remove(removal);
                TidyUp(isUntidy: true);
            }
        }

        remover.SayThatAllIsGone();
        log.Free.Checkpoint();
        return remover.Counts.Report(log, log.Trace.Records, log.Trace.BodiesGone, before, log.Free.FileBytes) with
        {
            IsTooLarge = isTooLarge,
        };
    }

    /// <summary>3. and 4.</summary>
    private void TidyUp(bool isUntidy)
    {
        if (isUntidy)
        {
            remover.RemovePieces();
        }

        if (!log.Free.CanBeReturned && !log.HasLiveRuns)
        {
            ReturnablePages.TryMake(log.Connection);
        }

        steps.ReturnSpace();
    }

    /// <inheritdoc/>
    public void Dispose() => log.Dispose();
}
