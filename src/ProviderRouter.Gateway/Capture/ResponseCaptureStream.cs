namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// The answer's body on its way to the client; what the client was given goes into the capture. The last bytes of a body
/// whose length is known are held until its record is written.
/// </summary>
internal sealed class ResponseCaptureStream(Stream inner, Exchange exchange) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("A body on its way has no length.");

    public override long Position
    {
        get => exchange.ResponseBody.Bytes;
        set => throw new NotSupportedException("A body on its way cannot be rewound.");
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        exchange.AnswerBegins();
        if (exchange.CompletesAnswer(buffer.Length))
        {
            exchange.ResponseBody.Append(buffer.Span);
            await exchange.RecordAnswerAsync();
            await inner.WriteAsync(buffer, cancellationToken);
            return;
        }

        await inner.WriteAsync(buffer, cancellationToken);
        exchange.ResponseBody.Append(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Bodies are written asynchronously.");

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("An answer's body is only written.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A body on its way cannot be rewound.");

    public override void SetLength(long value) => throw new NotSupportedException("A body on its way has no length.");
}
