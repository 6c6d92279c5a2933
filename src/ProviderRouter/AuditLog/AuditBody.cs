using System.Text.Json.Serialization;
using ProviderRouter.AuditLog.Bodies;

namespace ProviderRouter.AuditLog;

/// <summary>A body as it is kept.</summary>
/// <param name="State">How much of it is here.</param>
/// <param name="Kept">
/// The bytes to store, or null when there are none. They may lie in a buffer that is used again as soon as the row is
/// written.
/// </param>
/// <param name="IsText">True when <paramref name="Kept"/> is UTF-8 text and is stored as text.</param>
/// <param name="Bytes">The true size of the body as it was sent, in bytes.</param>
/// <param name="Sha256">The digest of the body as it was sent; null when there was none.</param>
/// <param name="IsAsSent">True when <paramref name="Kept"/> is the body as it was sent, byte for byte.</param>
public sealed record AuditBody(
    AuditBodyState State, ReadOnlyMemory<byte>? Kept, bool IsText, long Bytes, byte[]? Sha256 = null, bool IsAsSent = false)
{
    /// <summary>A text larger than this, in bytes, is kept in pieces that other bodies may share.</summary>
    public const int LargestWhole = 2 * 1024;

    /// <summary>There was no body.</summary>
    public static readonly AuditBody None = new(AuditBodyState.None, Kept: null, IsText: false, Bytes: 0);

    /// <summary>The pieces to store it in; empty where it is stored in one.</summary>
    [JsonIgnore]
    public IReadOnlyList<BodyPiece> Pieces { get; private init; } = [];

    /// <summary>
    /// Of a body that retention had taken from the log that this record comes from: <c>body_digest</c> as it was there, empty where it had
    /// none. Null for every other body.
    /// </summary>
    [JsonIgnore]
    public byte[]? PrunedDigest { get; init; }

    /// <summary>Cuts a large text into its pieces. Done by the request's own thread; the log's writer has enough to do.</summary>
    public AuditBody InPieces()
    {
        if (!IsText || Kept is not { Length: > LargestWhole } kept)
        {
            return this;
        }

        var pieces = new List<BodyPiece>(kept.Length / 1024);
        for (var at = 0; at < kept.Length;)
        {
            var length = PieceCutter.NextPiece(kept.Span[at..]);
            pieces.Add(new BodyPiece(at, length, PieceHash.Of(kept.Span.Slice(at, length))));
            at += length;
        }

        return this with { Pieces = pieces };
    }
}

/// <summary>How much of a body is kept.</summary>
public enum AuditBodyState
{
    /// <summary>There was none.</summary>
    None,

    /// <summary>All of it.</summary>
    Whole,

    /// <summary>Its first part; it was larger than what is kept of one body.</summary>
    Cut,

    /// <summary>It is binary: a line that says what it is, its size and its digest stands in its place.</summary>
    Described,

    /// <summary>All that was sent before the exchange broke off.</summary>
    Incomplete,
}
