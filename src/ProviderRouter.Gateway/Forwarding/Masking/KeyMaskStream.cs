using ProviderRouter.Gateway.Capture;

namespace ProviderRouter.Gateway.Forwarding.Masking;

/// <summary>
/// A provider's error on its way to a client: some repeat the key that they refuse, which is the router's and not the client's. Each
/// letter of it, also one that JSON writes as an escape, becomes asterisks, so that every length stays; all else passes as it is.
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
        var at = 0;
        while (at < bytes.Length && EscapedText.LengthAt(bytes.AsSpan(at), key) is >= 0 and var length)
        {
            bytes.AsSpan(at, length).Fill((byte)'*');
            at += Math.Max(length, 1);
        }

        held = bytes[at..];
        if (at > 0)
        {
            await inner.WriteAsync(bytes.AsMemory(0, at), cancellationToken);
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

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
}
