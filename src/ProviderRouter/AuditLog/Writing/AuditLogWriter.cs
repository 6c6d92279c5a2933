using Microsoft.Extensions.Logging;
using ProviderRouter.Settings;

namespace ProviderRouter.AuditLog.Writing;

/// <summary>
/// The one writer of the log. What happens to the rows that are appended:
/// <list type="number">
/// <item>They wait in a bounded queue; whatever waits at a moment shares one transaction (group commit).</item>
/// <item>A row that cannot be written takes none of the others with it: it is reported and counted as lost.</item>
/// <item>Where nothing can be written, they are tried again for as long as <c>audit.failureWait</c> says.</item>
/// <item>Then they are set aside: kept in a spool (<c>continue</c>), or turned away (<c>refuse</c>).</item>
/// <item>As soon as the database can be written again, the spool is, in order, before anything new.</item>
/// </list>
/// </summary>
public sealed partial class AuditLogWriter : IAsyncDisposable
{
    /// <summary>How long nothing must have come before there is time to tidy up.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BriefPause = TimeSpan.FromMilliseconds(20);

    private readonly ManualResetEventSlim closing = new();
    private readonly AppendQueue queue = new();
    private readonly IAuditLogStore store;
    private readonly Spool spool;
    private readonly Func<AuditSettings> settings;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Thread thread;
    private AuditSettings? applied;
    private volatile Outage? outage;
    private bool isTidy = true;
    private volatile int inHand;
    private long written;
    private long lost;
    private long refused;

    /// <param name="store">Where the rows go. It belongs to the writer from now on.</param>
    /// <param name="dataFolder">Where the spool lies, unless <c>audit.spoolFolder</c> names another place.</param>
    /// <param name="settings">What is in effect at a moment.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where failures are reported.</param>
    public AuditLogWriter(IAuditLogStore store, string dataFolder, Func<AuditSettings> settings, TimeProvider time, ILogger<AuditLogWriter> logger)
    {
        this.store = store;
        this.settings = settings;
        this.time = time;
        this.logger = logger;
        spool = new Spool(dataFolder);
        spool.Recover(settings().SpoolFolder);
        if (spool.Rows > 0)
        {
            outage = new Outage("rows of an earlier run wait to be written", time);
        }

        // A thread of its own: it spends its time waiting for the disk, which must not take a thread from requests.
        thread = new Thread(WriteUntilClosed) { IsBackground = true, Name = "audit log writer" };
        thread.Start();
    }

    /// <summary>How the log does.</summary>
    public AuditLogHealth Health
    {
        get
        {
            var now = outage;
            var state = now is null ? AuditLogHealth.Ok
                : settings().OnFailure == AuditFailureAction.Refuse ? AuditLogHealth.Refusing : AuditLogHealth.Spooling;
            return new(state, now?.Reason, now?.Since, Interlocked.Read(ref written), queue.Count + inHand, spool.Rows, spool.Bytes,
                Interlocked.Read(ref lost), Interlocked.Read(ref refused));
        }
    }

    /// <summary>Why nothing can be written at present, and what to do; null when it can, as far as is known.</summary>
    public string? Problem => outage?.Reason;

    /// <summary>Appends a row.</summary>
    /// <param name="row">The row. Its memory must not change before this completes.</param>
    /// <param name="isUrgent">True when somebody waits for it; else see <see cref="Hurry"/>.</param>
    /// <param name="mayWait">True for a row that is to be kept for later even where <c>audit.onFailure</c> is <c>refuse</c>.</param>
    /// <returns>True once it is committed, or kept where it will be; false when it is neither, which was reported and counted.</returns>
    public async Task<bool> AppendAsync(AuditRow row, bool isUrgent = true, bool mayWait = false)
    {
        var pending = new PendingRow(row, isUrgent, mayWait);
        return queue.Add(pending) && await pending.Done;
    }

    /// <summary>Somebody waits now for rows that were not urgent.</summary>
    public void Hurry() => queue.Hurry();

    /// <summary>Writes what still waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        closing.Set();
        queue.Close();
        await Task.Run(thread.Join);
        spool.Dispose();
        store.Dispose();
        closing.Dispose();
    }

    private void WriteUntilClosed()
    {
        var batch = new List<PendingRow>();
        while (queue.Take(batch, Patience))
        {
            if (batch.Count > 0)
            {
                isTidy = false;
                inHand = batch.Count;
                Write(batch);
                inHand = 0;
                batch.Clear();
            }
            else if (outage is null)
            {
                Rest();
            }

            if (outage is { } current && current.IsDue(time))
            {
                Resume(current);
            }
        }

        // 5. Once more, at the end.
        while (outage is { } current && spool.Rows > 0 && Resume(current))
        {
        }
    }

    private TimeSpan Patience =>
        outage is { } current ? current.TimeToNext(time) : isTidy ? Timeout.InfiniteTimeSpan : Idle;

    private void Write(List<PendingRow> batch)
    {
        var since = time.GetTimestamp();
        while (outage is null)
        {
            try
            {
                // 1. Group commit.
                Apply(settings());
                store.Append(batch.ConvertAll(pending => pending.Row));
                Interlocked.Add(ref written, batch.Count);
                Settlement.Of(batch, isKept: true);
                return;
            }
            catch (LogUnavailableException error)
            {
                // 3. Tried again for a while.
                if (time.GetElapsedTime(since) >= settings().FailureWait)
                {
                    outage = new Outage(error.Message, time);
                    Log.Unavailable(logger, error.Message, settings().OnFailure == AuditFailureAction.Refuse
                        ? "Requests are refused" : "Requests are served, and their records kept in a spool,");
                    break;
                }

                closing.Wait(BriefPause);
                TryReopen();
            }
            catch (Exception error) when (batch.Count == 1)
            {
                // 2. This row is at fault.
                Lose(batch[0], error);
                return;
            }
            catch (Exception)
            {
                batch.ConvertAll<List<PendingRow>>(pending => [pending]).ForEach(Write);
                return;
            }
        }

        SetAside(batch);
    }

    /// <summary>4. Keeps rows for later, or turns them away.</summary>
    private void SetAside(List<PendingRow> batch)
    {
        var now = settings();
        var kept = batch.FindAll(pending => now.OnFailure == AuditFailureAction.Continue || pending.MayWait);
        var room = spool.Add(kept.ConvertAll(pending => pending.Row), now.SpoolFolder, now.SpoolMax);
        Interlocked.Add(ref lost, kept.Count - room);
        Interlocked.Add(ref refused, batch.Count - kept.Count);
        var keptRows = kept.Take(room).ToHashSet();
        Settlement.Of(keptRows, isKept: true);
        Settlement.Of(batch.Where(pending => !keptRows.Contains(pending)), isKept: false);
    }

    /// <summary>5. Writes the next part of the spool, and after its last part that the log goes on. False when it cannot be done yet.</summary>
    private bool Resume(Outage current)
    {
        try
        {
            store.Reopen();
            if (spool.Peek(256) is { Count: > 0 } rows)
            {
                AppendEach(rows);
                spool.Drop(256);
                Interlocked.Add(ref written, rows.Count);
                current.TryAgainAtOnce();
            }

            if (spool.Rows == 0)
            {
                store.Append(current.Ended(time, Interlocked.Read(ref lost), Interlocked.Read(ref refused)));
                outage = null;
                Log.Resumed(logger, time.GetElapsedTime(current.Started).TotalSeconds);
            }

            return true;
        }
        catch (LogUnavailableException error)
        {
            current.Failed(error.Message, time);
            if (current.IsReportDue(time, ReportInterval))
            {
                var (waiting, gone) = (spool.Rows, Interlocked.Read(ref lost));
                Log.StillUnavailable(logger, error.Message, waiting, gone, Interlocked.Read(ref refused));
            }

            return false;
        }
    }

    private void AppendEach(List<AuditRow> rows)
    {
        try
        {
            store.Append(rows, skipKnown: true);
        }
        catch (Exception error) when (error is not LogUnavailableException && rows.Count == 1)
        {
            Interlocked.Increment(ref lost);
            Log.NotWritten(logger, rows[0].RequestId, Interlocked.Read(ref lost), error);
        }
        catch (Exception error) when (error is not LogUnavailableException)
        {
            rows.ForEach(row => AppendEach([row]));
        }
    }

    private void Lose(PendingRow pending, Exception error)
    {
        var count = Interlocked.Increment(ref lost);
        Log.NotWritten(logger, pending.Row.RequestId, count, error);
        Settlement.Of([pending], isKept: false);
    }

    private void Apply(AuditSettings now)
    {
        if (!ReferenceEquals(now, applied))
        {
            store.SetDurable(now.Durability == AuditDurability.Full);
            applied = now;
        }
    }

    private void TryReopen()
    {
        try
        {
            store.Reopen();
            applied = null;
        }
        catch (LogUnavailableException)
        {
            // Found out again, and reported, by the next attempt to write.
        }
    }

    private void Rest()
    {
        try
        {
            store.Rest();
            isTidy = true;
        }
        catch (LogUnavailableException)
        {
            // Nobody waits for it; there is another occasion.
            isTidy = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A row of {RequestId} could not be written to the log ({Lost} rows lost so far).")]
        public static partial void NotWritten(ILogger logger, string requestId, long lost, Exception error);

        [LoggerMessage(2, LogLevel.Error, "THE LOG CANNOT BE WRITTEN: {Reason} {Policy} until it can.")]
        public static partial void Unavailable(ILogger logger, string reason, string policy);

        [LoggerMessage(3, LogLevel.Error, "The log still cannot be written: {Reason} Rows spooled: {Spooled}; lost: {Lost}; refused: {Refused}.")]
        public static partial void StillUnavailable(ILogger logger, string reason, long spooled, long lost, long refused);

        [LoggerMessage(4, LogLevel.Warning, "The log is written again, after {Seconds:0.#} s; what was spooled is in it.")]
        public static partial void Resumed(ILogger logger, double seconds);
    }
}
