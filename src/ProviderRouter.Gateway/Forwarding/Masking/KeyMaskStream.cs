using ProviderRouter.Gateway.Capture;

namespace ProviderRouter.Gateway.Forwarding.Masking;

/// <summary>
/// A provider's error on its way to a client: some repeat the key that they refuse, which is the router's and not the client's. Each
/// letter of it becomes an asterisk, so that every length stays; all else passes as it is.
/// </summary>
/// <param name="inner">Where the answer goes.</param>
/// <param name="key">The key in UTF-8.</param>
internal sealed class KeyMaskStream(Stream inner, byte[] key) : AnswerStream
{
    // The end of what came, where it may be the beginning of the key.
    private byte[] held = [];

    /// <summary>Where the answer goes.</summary>
    public Stream Inner => inner;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        byte[] bytes = [.. held, .. buffer.Span];
        for (var at = bytes.AsSpan().IndexOf(key); at >= 0; at = bytes.AsSpan().IndexOf(key))
        {
            bytes.AsSpan(at, key.Length).Fill((byte)'*');
        }

        var open = OpenEnd(bytes);
        held = bytes[^open..];
        if (bytes.Length > open)
        {
            await inner.WriteAsync(bytes.AsMemory(0, bytes.Length - open), cancellationToken);
        }
    }

    /// <summary>To be called when no more will come.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        if (held.Length > 0)
        {
            await inner.WriteAsync(held, cancellation);
            held = [];
        }
    }

    /// <summary>How many of the last bytes are the key's first.</summary>
    private int OpenEnd(ReadOnlySpan<byte> bytes)
    {
        for (var length = Math.Min(key.Length - 1, bytes.Length); length > 0; length--)
        {
            if (bytes.EndsWith(key.AsSpan(0, length)))
            {
                return length;
            }
        }

        return 0;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
}
