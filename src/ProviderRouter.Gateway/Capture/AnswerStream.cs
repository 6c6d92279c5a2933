namespace ProviderRouter.Gateway.Capture;

/// <summary>An answer's body on its way to the client: it is written, asynchronously, and nothing else can be done with it.</summary>
internal abstract class AnswerStream : Stream
{
    public sealed override bool CanRead => false;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => true;

    public sealed override long Length => throw new NotSupportedException("A body on its way has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A body on its way has no position.");
        set => throw new NotSupportedException("A body on its way cannot be rewound.");
    }

    public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public abstract override Task FlushAsync(CancellationToken cancellationToken);

    public sealed override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Bodies are written asynchronously.");

    public sealed override void Flush()
    {
    }

    public sealed override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("An answer's body is only written.");

    public sealed override long Seek(long offset, SeekOrigin origin) =>
        throw new NotSupportedException("A body on its way cannot be rewound.");

    public sealed override void SetLength(long value) => throw new NotSupportedException("A body on its way has no length.");
}
