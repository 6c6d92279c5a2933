using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ProviderRouter.AuditLog;

/// <summary>
/// The one writer of the log. Whatever waits at a moment shares one transaction (group commit), so that a durable row costs
/// little under load. The queue is bounded and never drops: when it is full, those who append wait.
/// </summary>
/// <remarks>A failure to write is logged and counted, row by row; it never becomes the failure of an answered request.</remarks>
public sealed partial class AuditLogWriter : IAsyncDisposable
{
    /// <summary>Rows that may wait at once; beyond that, appending waits.</summary>
    public const int QueueLimit = 1024;

    /// <summary>Rows in one transaction at the most.</summary>
    public const int BatchLimit = 256;

    private readonly Channel<Pending> queue = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(QueueLimit) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly Action<IReadOnlyList<AuditRow>> append;
    private readonly ILogger logger;
    private readonly Thread thread;
    private long waiting;
    private long written;
    private long failed;

    /// <param name="append">Writes rows in one transaction, all or none. Called on one thread only.</param>
    /// <param name="logger">Where failures are reported.</param>
    public AuditLogWriter(Action<IReadOnlyList<AuditRow>> append, ILogger<AuditLogWriter> logger)
    {
        this.append = append;
        this.logger = logger;
        // A thread of its own: it spends its time waiting for the disk, which must not take a thread from requests.
        thread = new Thread(WriteUntilClosed) { IsBackground = true, Name = "audit log writer" };
        thread.Start();
    }

    /// <summary>Rows on the disk, rows that could not be written, and rows that wait, since the start.</summary>
    public (long Written, long Failed, long Waiting) Counts =>
        (Interlocked.Read(ref written), Interlocked.Read(ref failed), Interlocked.Read(ref waiting));

    /// <summary>Appends a row.</summary>
    /// <returns>True once it is committed; false when it could not be written, which has been logged and counted by then.</returns>
    public async Task<bool> AppendAsync(AuditRow row)
    {
        var pending = new Pending(row);
        Interlocked.Increment(ref waiting);
        try
        {
            await queue.Writer.WriteAsync(pending);
        }
        catch (ChannelClosedException error)
        {
            Report(pending, error);
        }

        return await pending.Done.Task;
    }

    /// <summary>Writes what still waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.Run(thread.Join);
    }

    private void WriteUntilClosed()
    {
        var batch = new List<Pending>(BatchLimit);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < BatchLimit && queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            Write(batch);
            batch.Clear();
        }
    }

    private void Write(List<Pending> batch)
    {
        try
        {
            append(batch.ConvertAll(pending => pending.Row));
            batch.ForEach(Confirm);
        }
        catch (Exception error) when (batch.Count == 1)
        {
            Report(batch[0], error);
        }
        catch (Exception)
        {
            // One row that cannot be written must not take the others with it: each gets a transaction of its own.
            foreach (var pending in batch)
            {
                Write([pending]);
            }
        }
    }

    private void Confirm(Pending pending)
    {
        Interlocked.Increment(ref written);
        Interlocked.Decrement(ref waiting);
        pending.Done.SetResult(true);
    }

    private void Report(Pending pending, Exception error)
    {
        var count = Interlocked.Increment(ref failed);
        Interlocked.Decrement(ref waiting);
        Log.NotWritten(logger, pending.Row is AuditRequest ? "request" : "answer", pending.Row.RequestId, count, error);
        pending.Done.SetResult(false);
    }

    private sealed record Pending(AuditRow Row)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The {Half} {RequestId} could not be written to the log ({Failed} rows lost so far).")]
        public static partial void NotWritten(ILogger logger, string half, string requestId, long failed, Exception error);
    }
}
