using Microsoft.Extensions.Logging;
using ProviderRouter.Configuration;
using ProviderRouter.Settings;

namespace ProviderRouter.AuditLog.Writing;

/// <summary>
/// What happens to rows while the log cannot be written: they are kept in a spool, or turned away; and when it can be again, the
/// spool is written, in order, before anything new. For the writer's thread; its counts may be asked from any.
/// </summary>
internal sealed partial class Standby(IAuditLogStore store, DataFolder data, Func<AuditSettings> settings, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>For how long the spool is written before it is looked whether new rows came.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    private readonly Spool spool = new(data, store.Run);
    private volatile Outage? outage;
    private bool owesMarks;
    private long written;
    private long kept;
    private long lost;
    private long refused;

    /// <summary>The outage that lasts, or null.</summary>
    public Outage? Current => outage;

    /// <summary>What became of rows that could not be written at once.</summary>
    public RowCounts Counts => new(Interlocked.Read(ref kept), Interlocked.Read(ref lost), Interlocked.Read(ref refused));

    /// <summary>Rows that were kept and then written.</summary>
    public long Written => Interlocked.Read(ref written);

    /// <summary>Rows in the spool, and what they take in bytes.</summary>
    public (long Rows, long Bytes) Spooled => (spool.Rows, spool.Bytes);

    /// <summary>Takes up what earlier runs left behind: an outage lasts until that is written.</summary>
    public void Recover()
    {
        Prepare(settings());
        spool.Recover(settings());
        if (spool.Rows > 0)
        {
            Log.Recovering(logger, spool.Rows);
            owesMarks = true;
            outage = new Outage("The records that an earlier run could not write are written first.", Counts, time);
            return;
        }

        // A spool that held nothing has kept an earlier run from being marked, and is gone now.
        try
        {
            store.MarkInterrupted();
        }
        catch (Exception error) when (error is LogUnavailableException or InvalidOperationException)
        {
            // Whoever comes next does it.
        }
    }

    /// <summary>Gets ready for an outage while there is none.</summary>
    public void Prepare(AuditSettings now)
    {
        if (now.SpoolFolder is { } folder)
        {
            SpoolFiles.Remember(data, folder);
        }
    }

    /// <summary>An outage begins.</summary>
    public void Begin(string reason)
    {
        outage = new Outage(reason, Counts, time);
        Log.Unavailable(logger, reason, settings().OnFailure == AuditFailureAction.Refuse
            ? "Requests are refused" : "Requests are served, and their records kept in a spool,");
    }

    /// <summary>Keeps rows for later, or turns them away, as each of them is to be.</summary>
    public void SetAside(List<PendingRow> batch)
    {
        var waiting = batch.FindAll(pending => pending.MayWait);
        var room = waiting.Count == 0 ? 0 : spool.Add(waiting.Select(pending => pending.Row), settings());
        Settlement.Of(waiting.Take(room), isKept: true);
        Interlocked.Add(ref kept, room);
        Refuse(batch.Count - waiting.Count);
        Lose(waiting.Count - room);
        Settlement.Of(batch.Where(pending => !pending.IsDecided), isKept: false);
    }

    /// <summary>Counts rows that are turned away. May be called from any thread.</summary>
    public void Refuse(int rows) => Interlocked.Add(ref refused, rows);

    /// <summary>Counts rows that are kept nowhere. May be called from any thread.</summary>
    public long Lose(int rows)
    {
        var count = Interlocked.Add(ref lost, rows);
        if (rows > 0 && outage is { SaidThatRowsAreLost: false } current)
        {
            current.SaidThatRowsAreLost = true;
            Log.Full(logger, spool.Bytes, count);
        }

        return count;
    }

    /// <summary>Writes the spool for a while, and when it is empty, that the log goes on. False when it cannot be done yet.</summary>
    public bool Resume()
    {
        if (outage is not { } current)
        {
            return true;
        }

        try
        {
            var since = time.GetTimestamp();
            while (spool.Peek() is { } part)
            {
                Append(part);
                spool.Drop();
                if (time.GetElapsedTime(since) > Turn)
                {
                    return true;
                }
            }

            if (owesMarks)
            {
                // What earlier runs left unanswered is known only now that the answers in their spools are on record.
                store.MarkInterrupted();
                owesMarks = false;
            }

            store.Append(current.Ended(Counts));
            outage = null;
            Log.Resumed(logger, current.Length.TotalSeconds);
            return true;
        }
        catch (Exception error)
        {
            current.Failed(error.Message);
            if (error is not LogUnavailableException)
            {
                Log.Unexpected(logger, error);
            }
            else if (current.IsReportDue())
            {
                Log.StillUnavailable(logger, error.Message, spool.Rows, Counts.Lost, Counts.Refused);
            }

            return false;
        }
    }

    /// <summary>
    /// The last attempts, for as long as <c>audit.failureWait</c> says. What is in files then stays for the next start; what is in
    /// memory alone is lost.
    /// </summary>
    public void Finish(Action pause)
    {
        var since = time.GetTimestamp();
        while (outage is not null && spool.Rows > 0)
        {
            var goesOn = Resume();
            spool.MoveToFile(settings());
            var isLate = time.GetElapsedTime(since) >= settings().FailureWait;
            if (spool.RowsInMemory == 0 ? isLate || !goesOn : isLate && !goesOn)
            {
                break;
            }

            if (!goesOn)
            {
                pause();
            }
        }

        if (spool.Rows > 0)
        {
            Interlocked.Add(ref lost, spool.RowsInMemory);
            Log.Left(logger, spool.Rows - spool.RowsInMemory, spool.RowsInMemory);
        }
    }

    private void Append(SpooledRows part)
    {
        if (part.Unreadable > 0)
        {
            Log.Unreadable(logger, part.Unreadable, Interlocked.Add(ref lost, part.Unreadable));
        }

        AppendEach(part.Rows, part.Run);
    }

    private void AppendEach(List<AuditRow> rows, long run)
    {
        try
        {
            store.AppendSpooled(rows, run);
            Interlocked.Add(ref written, rows.Count);
        }
        catch (Exception error) when (error is not LogUnavailableException && rows.Count == 1)
        {
            Log.NotWritten(logger, rows[0].RequestId, Interlocked.Increment(ref lost), error);
        }
        catch (Exception error) when (error is not LogUnavailableException)
        {
            // One of them is at fault.
            rows.ForEach(row => AppendEach([row], run));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => spool.Dispose();

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "THE LOG CANNOT BE WRITTEN: {Reason} {Policy} until it can.")]
        public static partial void Unavailable(ILogger logger, string reason, string policy);

        [LoggerMessage(3, LogLevel.Error, "The log still cannot be written: {Reason} Rows spooled: {Spooled}; lost: {Lost}; refused: {Refused}.")]
        public static partial void StillUnavailable(ILogger logger, string reason, long spooled, long lost, long refused);

        [LoggerMessage(4, LogLevel.Warning, "The log is written again, after {Seconds:0.#} s; what was spooled is in it.")]
        public static partial void Resumed(ILogger logger, double seconds);

        [LoggerMessage(5, LogLevel.Error, "THE SPOOL IS FULL ({Bytes} bytes): records are lost from now on, {Lost} rows so far.")]
        public static partial void Full(ILogger logger, long bytes, long lost);

        [LoggerMessage(6, LogLevel.Warning, "{Rows} rows that an earlier run could not write are written first.")]
        public static partial void Recovering(ILogger logger, long rows);

        [LoggerMessage(7, LogLevel.Error, "The log still cannot be written by the server that ends: {Left} rows stay in the spool for the next start; {Lost} rows, which were in memory alone, are lost.")]
        public static partial void Left(ILogger logger, long left, long lost);

        [LoggerMessage(8, LogLevel.Error, "{Lines} lines of the spool are no rows, and left out ({Lost} rows lost so far).")]
        public static partial void Unreadable(ILogger logger, int lines, long lost);

        [LoggerMessage(9, LogLevel.Error, "A row of {RequestId} could not be written to the log ({Lost} rows lost so far).")]
        public static partial void NotWritten(ILogger logger, string requestId, long lost, Exception error);

        [LoggerMessage(10, LogLevel.Error, "The log could not be written, for a reason that nobody thought of. It is tried again.")]
        public static partial void Unexpected(ILogger logger, Exception error);
    }
}
