using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// Keeps a copy of a body as it passes: text up to <see cref="MaxBody"/>, of anything else only its size and digest.
/// </summary>
internal sealed class BodyCapture : IDisposable
{
    /// <summary>What is kept of one body at the most, in bytes: 16 MB.</summary>
    public const int MaxBody = 16 * 1024 * 1024;

    private byte[] buffer = [];
    private int kept;
    private bool isText = true;
    private IncrementalHash? hash;

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
        var room = isText ? Math.Min(bytes.Length, MaxBody - kept) : 0;
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

    /// <summary>The body as the log keeps it.</summary>
    /// <param name="complete">False when the exchange broke off before its end.</param>
    /// <param name="secrets">What must not be stored (<see cref="Redaction"/>).</param>
    public AuditBody ToAuditBody(bool complete, IReadOnlyList<string> secrets)
    {
        if (Bytes == 0)
        {
            return complete ? AuditBody.None : AuditBody.None with { State = AuditBodyState.Incomplete };
        }

        if (!isText)
        {
            return Described(complete, hash!);
        }

        var state = kept < Bytes ? AuditBodyState.Cut : complete ? AuditBodyState.Whole : AuditBodyState.Incomplete;
        var digest = hash is null ? null : Convert.ToHexStringLower(hash.GetCurrentHash());
        if (ContentCoding.Decode(Kept, ContentEncoding, MaxBody, out var cutWhileDecoding) is not { } content)
        {
            return Described(complete, hash ?? HashOf(Kept.Span));
        }

        state = cutWhileDecoding && state == AuditBodyState.Whole ? AuditBodyState.Cut : state;
        var scrubbed = Redaction.Scrub(content, secrets);
        var text = state == AuditBodyState.Cut ? WithoutHalfCharacter(scrubbed) : scrubbed;
        var storedAsText = Utf8.IsValid(text.Span) && !text.Span.Contains((byte)0);
        return new AuditBody(state, storedAsText ? text : scrubbed, storedAsText, Bytes, digest);
    }

    private AuditBody Described(bool complete, IncrementalHash digest)
    {
        var sha256 = Convert.ToHexStringLower(digest.GetCurrentHash());
        var coding = ContentEncoding is null ? "" : $", {ContentEncoding}";
        var line = $"[{MediaType.Of(ContentType) ?? "no media type"}{coding}, {Bytes} bytes, sha256 {sha256}]";
        return new AuditBody(
            complete ? AuditBodyState.Described : AuditBodyState.Incomplete, Encoding.UTF8.GetBytes(line), IsText: true, Bytes, sha256);
    }

    private static IncrementalHash HashOf(ReadOnlySpan<byte> bytes)
    {
        var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(bytes);
        return digest;
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

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Min(buffer.Length * 2, MaxBody)));
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
