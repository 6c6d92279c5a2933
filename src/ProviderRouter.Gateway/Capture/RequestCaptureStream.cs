namespace ProviderRouter.Gateway.Capture;

/// <summary>The request's body on its way to the provider; a copy of what is read goes into the capture.</summary>
/// <param name="inner">The body as the client sends it.</param>
/// <param name="capture">Where the copy goes.</param>
/// <param name="onEnd">Called once, when the whole body has been read.</param>
internal sealed class RequestCaptureStream(Stream inner, BodyCapture capture, Action onEnd) : Stream
{
    private bool ended;

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
        var read = await inner.ReadAsync(buffer, cancellationToken);
        if (read > 0)
        {
            capture.Append(buffer.Span[..read]);
        }
        else if (buffer.Length > 0 && !ended)
        {
            // A read into an empty buffer only waits for data, and says nothing of the end.
            ended = true;
            onEnd();
        }

        return read;
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
