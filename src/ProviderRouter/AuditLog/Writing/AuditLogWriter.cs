using Microsoft.Extensions.Logging;
using ProviderRouter.Configuration;
using ProviderRouter.Settings;

namespace ProviderRouter.AuditLog.Writing;

/// <summary>
/// The one writer of the log. What happens to the rows that are appended:
/// <list type="number">
/// <item>They wait in a bounded queue; whatever waits at a moment shares one transaction (group commit).</item>
/// <item>A row that cannot be written takes none of the others with it: it is reported and counted as lost.</item>
/// <item>Where nothing can be written, they are tried again for as long as <c>audit.failureWait</c> says.</item>
/// <item>Then they are set aside (<see cref="Standby"/>): kept in a spool (<c>continue</c>), or turned away (<c>refuse</c>).</item>
/// <item>As soon as the database can be written again, the spool is, in order, before anything new.</item>
/// </list>
/// </summary>
public sealed partial class AuditLogWriter : IAsyncDisposable
{
    /// <summary>How long nothing must have come before there is time to tidy up.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan BriefPause = TimeSpan.FromMilliseconds(20);

    private readonly ManualResetEventSlim closing = new();
    private readonly ManualResetEventSlim never = new();
    private readonly AppendQueue queue = new();
    private readonly IAuditLogStore store;
    private readonly Standby standby;
    private readonly Func<AuditSettings> settings;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Thread thread;
    private AuditSettings? applied;
    private bool isTidy = true;
    private volatile int inHand;
    private long written;

    /// <param name="store">Where the rows go. It belongs to the writer from now on.</param>
    /// <param name="data">Where the spool lies, unless <c>audit.spoolFolder</c> names another place.</param>
    /// <param name="settings">What is in effect at a moment.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where failures are reported.</param>
    public AuditLogWriter(IAuditLogStore store, DataFolder data, Func<AuditSettings> settings, TimeProvider time, ILogger<AuditLogWriter> logger)
    {
        this.store = store;
        this.settings = settings;
        this.time = time;
        this.logger = logger;
        standby = new Standby(store, data, settings, time, logger);
        standby.Recover();

        // A thread of its own: it spends its time waiting for the disk, which must not take a thread from requests.
        thread = new Thread(WriteUntilClosed) { IsBackground = true, Name = "audit log writer" };
        thread.Start();
    }

    /// <summary>How the log does.</summary>
    public AuditLogHealth Health
    {
        get
        {
            var (outage, counts, spooled) = (standby.Current, standby.Counts, standby.Spooled);
            var state = outage is null ? AuditLogHealth.Ok
                : settings().OnFailure == AuditFailureAction.Refuse ? AuditLogHealth.Refusing : AuditLogHealth.Spooling;
            return new(state, outage?.Reason, outage?.Since, Interlocked.Read(ref written) + standby.Written, queue.Count + inHand,
                spooled.Rows, spooled.Bytes, counts.Lost, counts.Refused);
        }
    }

    /// <summary>Why nothing can be written at present, and what to do; null when it can, as far as is known.</summary>
    public string? Problem => standby.Current?.Reason;

    /// <summary>Appends a row.</summary>
    /// <param name="row">The row. Its memory must not change before this completes.</param>
    /// <param name="mayWait">True for a row that is kept for later where it cannot be written; else it is turned away.</param>
    /// <param name="isUrgent">True when somebody waits for it; else see <see cref="Hurry"/>.</param>
    /// <returns>True once it is committed, or kept where it will be; false when it is neither, which was reported and counted.</returns>
    public Task<bool> AppendAsync(AuditRow row, bool mayWait, bool isUrgent = true)
    {
        var pending = new PendingRow(row, isUrgent, mayWait);
        if (!queue.Add(pending))
        {
            Log.TooLate(logger, row.RequestId, standby.Lose(1));
            pending.Settle(isKept: false);
        }

        return pending.Done;
    }

    /// <summary>Counts a request that was refused before it had a row, as <see cref="Problem"/> is known.</summary>
    public void CountRefused() => standby.Refuse(1);

    /// <summary>Somebody waits now for rows that were not urgent.</summary>
    public void Hurry() => queue.Hurry();

    /// <summary>Writes what still waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        closing.Set();
        queue.Close();
        await Task.Run(thread.Join);
        standby.Dispose();
        store.Dispose();
        closing.Dispose();
        never.Dispose();
    }

    private TimeSpan Patience =>
        standby.Current is { } outage ? outage.TimeToNext : isTidy ? Timeout.InfiniteTimeSpan : Idle;

    private void WriteUntilClosed()
    {
        var batch = new List<PendingRow>();
        while (queue.Take(batch, Patience))
        {
            try
            {
                Turn(batch);
            }
            catch (Exception error)
            {
                // A bug, and yet this thread must live, and nobody wait for ever.
                var undecided = batch.FindAll(pending => !pending.IsDecided);
                Log.Failed(logger, undecided.Count, standby.Lose(undecided.Count), error);
                Settlement.Of(undecided, isKept: false);
            }

            batch.Clear();
            inHand = 0;
        }

        standby.Finish(pause: () => never.Wait(BriefPause));
    }

    private void Turn(List<PendingRow> batch)
    {
        if (batch.Count > 0)
        {
            isTidy = false;
            inHand = batch.Count;
            Write(batch);
        }
        else if (standby.Current is null)
        {
            Rest();
        }

        if (standby.Current is { } outage && outage.TimeToNext == TimeSpan.Zero)
        {
            standby.Resume();
        }
    }

    private void Write(List<PendingRow> batch)
    {
        var since = time.GetTimestamp();
        for (var isRetry = false; standby.Current is null; isRetry = true)
        {
            try
            {
                // 1. Group commit.
                Apply(settings());
                store.Append(batch.ConvertAll(pending => pending.Row), isRetry);
                Interlocked.Add(ref written, batch.Count);
                // Who hears that a row is written does not find it among those that wait.
                inHand -= batch.Count;
                Settlement.Of(batch, isKept: true);
                return;
            }
            catch (LogUnavailableException error)
            {
                // 3. Tried again for a while; not at the end, when requests have had their time.
                if (time.GetElapsedTime(since) >= settings().FailureWait || closing.Wait(BriefPause))
                {
                    standby.Begin(error.Message);
                }
            }
            catch (Exception error) when (batch.Count == 1)
            {
                // 2. This row is at fault.
                Log.NotWritten(logger, batch[0].Row.RequestId, standby.Lose(1), error);
                inHand--;
                Settlement.Of(batch, isKept: false);
                return;
            }
            catch (Exception)
            {
                batch.ConvertAll<List<PendingRow>>(pending => [pending]).ForEach(Write);
                return;
            }
        }

        // 4. Kept for later, or turned away.
        inHand -= batch.Count;
        standby.SetAside(batch);
    }

    private void Apply(AuditSettings now)
    {
        if (ReferenceEquals(now, applied))
        {
            return;
        }

        store.SetDurable(now.Durability == AuditDurability.Full);
        standby.Prepare(now);
        applied = now;
    }

    private void Rest()
    {
        // Nobody waits for it: where it fails there is another occasion.
        isTidy = true;
        try
        {
            store.Rest();
        }
        catch (LogUnavailableException)
        {
            // Found out again, and reported, by the next attempt to write.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A row of {RequestId} could not be written to the log ({Lost} rows lost so far).")]
        public static partial void NotWritten(ILogger logger, string requestId, long lost, Exception error);

        [LoggerMessage(11, LogLevel.Error, "A row of {RequestId} came after the log was closed ({Lost} rows lost so far).")]
        public static partial void TooLate(ILogger logger, string requestId, long lost);

        [LoggerMessage(12, LogLevel.Error, "The log's writer failed; {Rows} rows are lost with it ({Lost} so far). Please report this.")]
        public static partial void Failed(ILogger logger, int rows, long lost, Exception error);
    }
}
