namespace FakeUpstream.Recording;

/// <summary>The request body; what is read through it is recorded.</summary>
internal sealed class ObservedBody(Stream body, ObservedRequest request) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("A body on its way has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A body on its way has no position.");
        set => throw new NotSupportedException("A body on its way cannot be rewound.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        if (read > 0 || buffer.Length > 0)
        {
            request.Append(buffer.Span[..read]);
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Bodies are read asynchronously.");

    public override void Flush() => throw new NotSupportedException("A request's body is only read.");

    public override long Seek(long offset, SeekOrigin origin) =>
        throw new NotSupportedException("A body on its way cannot be rewound.");

    public override void SetLength(long value) => throw new NotSupportedException("A body on its way has no length.");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A request's body is only read.");
}
