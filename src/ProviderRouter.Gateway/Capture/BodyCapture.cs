using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// Keeps a copy of a body as it passes: text up to <see cref="Limit"/>, of anything else only its size and digest.
/// </summary>
internal sealed class BodyCapture : IDisposable
{
    private byte[] buffer = [];
    private int kept;
    private bool isText = true;
    private IncrementalHash? hash;

    /// <summary>What is kept of it at the most, in bytes (<c>audit.maxBody</c>); to be set before its first byte.</summary>
    public int Limit { get; set; } = 16 * 1024 * 1024;

    /// <summary>What is kept at the least to be sent again, whatever it is, in bytes; to be set before its first byte. Default: 0.</summary>
    public int Held { get; set; }

    /// <summary>True while all that passed is kept and there is room for more.</summary>
    public bool HasRoom => kept == Bytes && kept < Room;

    /// <summary>How much more of it will be kept, in bytes.</summary>
    public int RoomLeft => Room - kept;

    /// <summary>What is kept of it at the most, to be logged or to be sent again, in bytes.</summary>
    public int Room => Math.Max(isText ? Limit : 0, Held);

    /// <summary>What the log keeps of it.</summary>
    private ReadOnlyMemory<byte> Logged => buffer.AsMemory(0, Math.Min(kept, Limit));

    /// <summary>The bytes that passed so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>The media type as it was sent, or null.</summary>
    public string? ContentType { get; private set; }

    /// <summary>The content coding as it was sent, or null.</summary>
    public string? ContentEncoding { get; private set; }

    /// <summary>What is kept, as it passed.</summary>
    public ReadOnlyMemory<byte> Kept => buffer.AsMemory(0, kept);

    /// <summary>Says what the body is; to be called before its first byte.</summary>
    public void Describe(string? contentType, string? contentEncoding)
    {
        ContentType = string.IsNullOrEmpty(contentType) ? null : contentType;
        ContentEncoding = string.IsNullOrEmpty(contentEncoding) ? null : contentEncoding;
        isText = MediaType.MayBeText(ContentType);
    }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        var room = Math.Min(bytes.Length, RoomLeft);
        if (room < bytes.Length && hash is null)
        {
            hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Kept.Span);
        }

        hash?.AppendData(bytes);
        if (room > 0)
        {
            Grow(kept + room);
            bytes[..room].CopyTo(buffer.AsSpan(kept));
            kept += room;
        }
    }

    /// <summary>The SHA-256 of what passed so far; null when nothing did.</summary>
    public byte[]? Digest() => Bytes == 0 ? null : hash?.GetCurrentHash() ?? SHA256.HashData(Kept.Span);

    /// <summary>The body as the log keeps it.</summary>
    /// <param name="complete">False when the exchange broke off before its end.</param>
    /// <param name="secrets">What must not be stored (<see cref="Redaction"/>).</param>
    public AuditBody ToAuditBody(bool complete, IReadOnlyList<string> secrets)
    {
        if (Bytes == 0)
        {
            return complete ? AuditBody.None : AuditBody.None with { State = AuditBodyState.Incomplete };
        }

        var digest = Digest()!;
        if (!isText)
        {
            return Described(complete, digest);
        }

        var state = Logged.Length < Bytes ? AuditBodyState.Cut : complete ? AuditBodyState.Whole : AuditBodyState.Incomplete;
        if (ContentCoding.Decode(Logged, ContentEncoding, Limit, out var cutWhileDecoding) is not { } content)
        {
            return Described(complete, digest);
        }

        state = cutWhileDecoding && state == AuditBodyState.Whole ? AuditBodyState.Cut : state;
        var scrubbed = Redaction.Scrub(content, secrets);
        var text = state == AuditBodyState.Cut ? WithoutHalfCharacter(scrubbed) : scrubbed;
        var storedAsText = Utf8.IsValid(text.Span) && !text.Span.Contains((byte)0);
        var asKept = storedAsText ? text : scrubbed;
        // The same memory, and all of it: neither decoded nor redacted nor cut.
        var isAsSent = asKept.Length == Bytes && asKept.Equals(Logged);
        return new AuditBody(state, asKept, storedAsText, Bytes, digest, isAsSent);
    }

    private AuditBody Described(bool complete, byte[] digest)
    {
        var coding = ContentEncoding is null ? "" : $", {ContentEncoding}";
        var line = $"[{MediaType.Of(ContentType) ?? "no media type"}{coding}, {Bytes} bytes, sha256 {Convert.ToHexStringLower(digest)}]";
        return new AuditBody(
            complete ? AuditBodyState.Described : AuditBodyState.Incomplete, Encoding.UTF8.GetBytes(line), IsText: true, Bytes, digest);
    }

    /// <summary>A cut may fall into the middle of a character; that half is left out, so that text stays text.</summary>
    private static ReadOnlyMemory<byte> WithoutHalfCharacter(ReadOnlyMemory<byte> text)
    {
        for (var drop = 0; drop <= 3 && drop < text.Length; drop++)
        {
            if (Utf8.IsValid(text.Span[..^drop]))
            {
                return text[..^drop];
            }
        }

        return text;
    }

    private void Grow(int needed)
    {
        if (needed <= buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Min(buffer.Length * 2, Room)));
        Kept.Span.CopyTo(larger);
        Release();
        buffer = larger;
    }

    private void Release()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        buffer = [];
    }

    /// <summary>Gives the copy back. What was made of it stays.</summary>
    public void Dispose()
    {
        Release();
        kept = 0;
        hash?.Dispose();
    }
}
