namespace ProviderRouter.Cli.Output;

/// <summary>Bytes on their way out: they are written, and nothing else can be done with them.</summary>
internal abstract class WriteOnlyStream : Stream
{
    /// <inheritdoc/>
    public sealed override bool CanRead => false;

    /// <inheritdoc/>
    public sealed override bool CanSeek => false;

    /// <inheritdoc/>
    public sealed override bool CanWrite => true;

    /// <inheritdoc/>
    public sealed override long Length => throw new NotSupportedException("Output has no length.");

    /// <inheritdoc/>
    public sealed override long Position
    {
        get => throw new NotSupportedException("Output has no position.");
        set => throw new NotSupportedException("Output cannot be taken back.");
    }

    /// <inheritdoc/>
    public abstract override void Write(ReadOnlySpan<byte> buffer);

    /// <inheritdoc/>
    public sealed override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Output is only written.");

    /// <inheritdoc/>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("Output cannot be taken back.");

    /// <inheritdoc/>
    public sealed override void SetLength(long value) => throw new NotSupportedException("Output has no length.");
}
