using System.Security.Cryptography;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Bodies;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>How a body lies in the database: whole in its row, or in pieces.</summary>
/// <param name="Body">The body.</param>
/// <param name="Parts">Ranges of pieces in order, as JSON; null when it lies in its row.</param>
/// <param name="Digest">
/// In pieces: SHA-256 over the pieces' hashes. In its row: of what is kept, where that is not the body as it was sent.
/// </param>
internal readonly record struct StoredBody(AuditBody Body, string? Parts, byte[]? Digest)
{
    /// <summary>Stores the pieces of a body that has any.</summary>
    public static StoredBody Of(AuditBody body, PieceStore pieces) =>
        body.Pieces.Count > 0 ? new(body, pieces.Store(body), DigestOf(body.Pieces))
        : new(body, Parts: null, body.Kept is { } kept && !body.IsAsSent ? SHA256.HashData(kept.Span) : null);

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

        return SHA256.HashData(hashes);
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
