using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>
/// Works in transactions of a few milliseconds, with a pause after each while a server runs: SQLite gives its lock to whoever
/// asks at the right moment, and who finds it taken asks again only after a while.
/// </summary>
internal sealed class SmallSteps(
    SqliteConnection connection, AuditLogTables tables, TimeProvider time, Action<PruneProgress> progress, CancellationToken cancellation)
{
    /// <summary>How long a transaction may last: the writer of a server, which waits for it, must not be noticed to wait.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(5);

    /// <summary>A pause is this much longer than the transaction before it, so that others find the lock free more often than not.</summary>
    private const int PauseFactor = 2;

    private readonly FreePages free = new(connection);

    /// <summary>Does it all.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop. What is done stays done.</exception>
    public void Run(SmallWork work)
    {
        while (Prepare(work))
        {
            var began = 0L;
            tables.Transact(() =>
            {
                began = time.GetTimestamp();
                work.Begin();
                while (work.DoOne() && time.GetElapsedTime(began) < Longest)
                {
                }
            });
            progress(new PruneProgress(work.Stage, work.Done, Math.Max(work.Done, work.Total)));
            Pause(time.GetElapsedTime(began));
            if (work.Stage != PruneStage.Space && free.AreMany)
            {
                ReturnSpace();
            }
        }
    }

    /// <summary>Appends an event in a transaction of its own.</summary>
    public void Append(AuditEvent happened) => tables.Append(happened);

    /// <summary>Gives free pages back to the file system.</summary>
    public void ReturnSpace()
    {
        if (free.CanBeReturned)
        {
            using var work = new SpaceReturn(connection, free);
            Run(work);
        }
    }

    private bool Prepare(SmallWork work)
    {
        cancellation.ThrowIfCancellationRequested();
        return work.Prepare();
    }

    private void Pause(TimeSpan after)
    {
        if (connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM runs)") != 0)
        {
            cancellation.WaitHandle.WaitOne(after * PauseFactor);
        }
    }
}
