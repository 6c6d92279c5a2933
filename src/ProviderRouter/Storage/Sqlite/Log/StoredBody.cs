using System.Security.Cryptography;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Bodies;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>How a body lies in the database: whole in its row, or in pieces.</summary>
/// <param name="Body">The body.</param>
/// <param name="Parts">Ranges of pieces in order, as JSON; null when it lies in its row.</param>
/// <param name="Digest">
/// Null for text that lies in its row as it was sent. Else one of the letters below, and a SHA-256: over the pieces' hashes, or
/// of what is kept.
/// </param>
internal readonly record struct StoredBody(AuditBody Body, string? Parts, byte[]? Digest)
{
    /// <summary>Begins the digest of a body in pieces.</summary>
    public const byte InPieces = (byte)'p';

    /// <summary>Begins the digest of text in its row.</summary>
    public const byte Text = (byte)'t';

    /// <summary>Begins the digest of bytes in their row.</summary>
    public const byte Blob = (byte)'b';

    /// <summary>Begins what stands in place of the digest of a body, or of events, that were gone already when the record was imported.</summary>
    public const byte GoneBefore = (byte)'g';

    /// <summary>Stores the pieces of a body that has any.</summary>
    public static StoredBody Of(AuditBody body, PieceStore pieces) =>
        body.PrunedDigest is { } pruned ? new(body, Parts: null, [GoneBefore, .. pruned])
        : body.Pieces.Count > 0 ? new(body, pieces.Store(body), DigestOf(body.Pieces))
        : body.Kept is not { } kept || (body.IsText && body.IsAsSent) ? new(body, Parts: null, Digest: null)
        : new(body, Parts: null, [body.IsText ? Text : Blob, .. SHA256.HashData(kept.Span)]);

    /// <summary>Adds the columns from the headers to the body's state.</summary>
    public void AddDescription(ChainedInsert row, AuditRow source, PieceStore pieces)
    {
        var (id, hash) = pieces.StoreFrequent(source.Headers.Shared.Span);
        row.Add(id, hash);
        row.AddText(source.Headers.Own.Span);
        row.AddText(source.ContentType);
        row.Add(Body.Bytes);
        row.AddBlob(Body.Sha256);
        row.AddBlob(Digest);
        row.AddText(StateName(Body.State));
    }

    /// <summary>Adds the columns of the body itself.</summary>
    public void AddContent(ChainedInsert row)
    {
        if (Parts is not null || Body.Kept is not { } kept)
        {
            row.Add(null);
        }
        else if (Body.IsText)
        {
            row.AddText(kept.Span);
        }
        else
        {
            row.AddBlob(kept);
        }

        row.AddText(Parts);
    }

    private static byte[] DigestOf(IReadOnlyList<BodyPiece> pieces)
    {
        var hashes = new byte[pieces.Count * PieceHash.Size];
        for (var i = 0; i < pieces.Count; i++)
        {
            pieces[i].Hash.CopyTo(hashes.AsSpan(i * PieceHash.Size));
        }

        // The letter keeps the hashes themselves, put into the row in place of the body, from having the same digest.
        return [InPieces, .. SHA256.HashData(hashes)];
    }

    private static string StateName(AuditBodyState state) => state switch
    {
        AuditBodyState.None => "none",
        AuditBodyState.Whole => "whole",
        AuditBodyState.Cut => "cut",
        AuditBodyState.Described => "described",
        _ => "incomplete",
    };
}
