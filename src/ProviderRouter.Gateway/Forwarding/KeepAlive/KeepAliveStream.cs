namespace ProviderRouter.Gateway.Forwarding.KeepAlive;

/// <summary>An answer on its way to a client that is kept alive.</summary>
internal sealed class KeepAliveStream(KeptAlive kept) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("A body on its way has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A body on its way has no position.");
        set => throw new NotSupportedException("A body on its way cannot be rewound.");
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await kept.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        kept.WriteAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Bodies are written asynchronously.");

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("An answer's body is only written.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A body on its way cannot be rewound.");

    public override void SetLength(long value) => throw new NotSupportedException("A body on its way has no length.");
}
