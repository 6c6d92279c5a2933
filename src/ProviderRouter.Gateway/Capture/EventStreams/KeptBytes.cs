namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>The beginning of something that comes in pieces. Its buffer is made when there is first something to keep.</summary>
internal struct KeptBytes
{
    /// <summary>What is kept at the most, in bytes: an event says what it is long before.</summary>
    public const int Most = 4 * 1024;

    private byte[]? buffer;
    private int length;

    /// <summary>What is kept.</summary>
    public readonly ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    /// <summary>True until something came.</summary>
    public readonly bool IsEmpty => length == 0;

    /// <summary>Keeps the next piece, as far as there is room.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        piece = piece[..Math.Min(piece.Length, Most - length)];
        if (!piece.IsEmpty)
        {
            buffer ??= new byte[Most];
            piece.CopyTo(buffer.AsSpan(length));
            length += piece.Length;
        }
    }

    /// <summary>Forgets it all.</summary>
    public void Clear() => length = 0;
}
