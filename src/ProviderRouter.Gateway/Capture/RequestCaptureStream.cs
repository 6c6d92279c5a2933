using System.Runtime.ExceptionServices;

namespace ProviderRouter.Gateway.Capture;

/// <summary>The request's body on its way to the provider; a copy of what is read goes into the capture.</summary>
/// <param name="inner">The body as the client sends it.</param>
/// <param name="capture">Where the copy goes; for one thread at a time, as it is read while more may come.</param>
/// <param name="gate">Held while the copy changes.</param>
/// <param name="onEnd">Called once, when the whole body has been read.</param>
internal sealed class RequestCaptureStream(Stream inner, BodyCapture capture, Lock gate, Action onEnd) : Stream
{
    private readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool ended;
    private Exception? broken;
    private int replayed;
    private int ahead;

    /// <summary>
    /// Reads ahead as much as the capture has room for; those who read later get it from there. True when that was the
    /// whole body.
    /// </summary>
    public async Task<bool> ReadAheadAsync(CancellationToken cancellation)
    {
        var block = new byte[16 * 1024];
        try
        {
            while (!ended && broken is null && capture.HasRoom)
            {
                var room = Math.Min(block.Length, capture.RoomLeft);
                var read = await inner.ReadAsync(block.AsMemory(0, room), cancellation);
                Keep(block.AsSpan(0, read));
                ahead += read;
                ended = read == 0;
            }
        }
        catch (IOException error)
        {
            // Malformed, or broken off: told to who reads on from here.
            broken = error;
        }

        return ended;
    }

    /// <summary>True when all that was read so far is kept, so that it can be read again.</summary>
    public bool CanRewind => broken is null && capture.Kept.Length == capture.Bytes;

    /// <summary>Who reads next begins at the beginning again.</summary>
    public void Rewind() => (replayed, ahead) = (0, (int)capture.Bytes);

    /// <summary>Completes when the whole body was read, by whoever reads it, or after this time.</summary>
    public async Task EndAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await end.Task.WaitAsync(patience, time, cancellation);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // It goes on, or never will.
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("A body on its way has no length.");

    public override long Position
    {
        get => capture.Bytes;
        set => throw new NotSupportedException("A body on its way cannot be rewound.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (replayed < ahead)
        {
            var again = capture.Kept.Slice(replayed, Math.Min(buffer.Length, ahead - replayed));
            again.CopyTo(buffer);
            replayed += again.Length;
            return again.Length;
        }

        if (broken is not null)
        {
            ExceptionDispatchInfo.Throw(broken);
        }

        var read = await inner.ReadAsync(buffer, cancellationToken);
        if (read > 0)
        {
            Keep(buffer.Span[..read]);
        }
        else if (buffer.Length > 0 && !ended)
        {
            // A read into an empty buffer only waits for data, and says nothing of the end.
            ended = true;
            onEnd();
            end.TrySetResult();
        }

        return read;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            capture.Append(bytes);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Bodies are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A body on its way cannot be rewound.");

    public override void SetLength(long value) => throw new NotSupportedException("A body on its way has no length.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A request's body is only read.");
}
