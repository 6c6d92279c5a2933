using System.Security.Cryptography;
using ProviderRouter.AuditLog.Bodies;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;
using SQLitePCL;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>Whether a row's body is what its digests say. The digests themselves are covered by the row's hash.</summary>
internal sealed class BodyCheck(StoredPieces pieces)
{
    /// <summary>No body has more pieces: none is larger than 256 MB, and no piece but the last smaller than 384 bytes.</summary>
    private const int MostPieces = 1024 * 1024;

    private readonly byte[] digest = new byte[SHA256.HashSizeInBytes];
    private byte[] hashes = new byte[64 * PieceHash.Size];

    /// <summary>Of a row that has a body: whether it is there, and right.</summary>
    public BodyState Of(ChainCursor row)
    {
        var (columns, content) = (row.Columns, row.Row);
        var body = content.TypeOf(columns.Body);
        var kept = content.Bytes(columns.BodyDigest);
        if (!content.IsNull(columns.BodyParts))
        {
            return Is(body == raw.SQLITE_NULL && content.TypeOf(columns.BodyParts) == raw.SQLITE_TEXT
                && DigestOfPieces(content.Bytes(columns.BodyParts)) && Has(kept, StoredBody.InPieces));
        }

        if (body == raw.SQLITE_NULL)
        {
            return kept is [StoredBody.GoneBefore, ..] ? BodyState.GoneBefore
                : kept.IsEmpty && content.IsNull(columns.BodySha256) ? BodyState.None : BodyState.Absent;
        }

        SHA256.HashData(content.Bytes(columns.Body), digest);
        return Is(body switch
        {
            raw.SQLITE_TEXT when kept.IsEmpty => digest.AsSpan().SequenceEqual(content.Bytes(columns.BodySha256)),
            raw.SQLITE_TEXT => Has(kept, StoredBody.Text),
            raw.SQLITE_BLOB => Has(kept, StoredBody.Blob),
            _ => false,
        });
    }

    /// <summary>Of an answer: the same for its event stream.</summary>
    public BodyState OfEventStream(ChainCursor row)
    {
        var (columns, content) = (row.Columns, row.Row);
        if (content.IsNull(columns.EventStream))
        {
            return content.IsNull(columns.StreamDigest) ? BodyState.None
                : content.Bytes(columns.StreamDigest) is { Length: SHA256.HashSizeInBytes + 1 } and [StoredBody.GoneBefore, ..] ? BodyState.GoneBefore
                : BodyState.Absent;
        }

        SHA256.HashData(content.Bytes(columns.EventStream), digest);
        return Is(content.TypeOf(columns.EventStream) == raw.SQLITE_BLOB
            && digest.AsSpan().SequenceEqual(content.Bytes(columns.StreamDigest)));
    }

    private static BodyState Is(bool right) => right ? BodyState.Right : BodyState.Wrong;

    private bool Has(ReadOnlySpan<byte> kept, byte letter) =>
        kept.Length == digest.Length + 1 && kept[0] == letter && digest.AsSpan().SequenceEqual(kept[1..]);

    private bool DigestOfPieces(ReadOnlySpan<byte> parts)
    {
        var count = 0;
        var ranges = new PieceRanges(parts);
        while (ranges.Next())
        {
            for (var id = ranges.First; id <= ranges.Last; id++)
            {
                if (count == MostPieces || !pieces.TryFind(id, out var hash))
                {
                    return false;
                }

                if ((count + 1) * PieceHash.Size > hashes.Length)
                {
                    Array.Resize(ref hashes, hashes.Length * 2);
                }

                hash.CopyTo(hashes.AsSpan(count++ * PieceHash.Size));
            }
        }

        SHA256.HashData(hashes.AsSpan(0, count * PieceHash.Size), digest);
        return ranges.IsComplete;
    }
}

/// <summary>What was found of a body.</summary>
internal enum BodyState
{
    /// <summary>There was none.</summary>
    None,

    /// <summary>It is what it was.</summary>
    Right,

    /// <summary>It is another one.</summary>
    Wrong,

    /// <summary>It is gone.</summary>
    Absent,

    /// <summary>It was gone already when its record was imported, as the row itself says.</summary>
    GoneBefore,
}
