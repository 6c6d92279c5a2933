using System.Security.Cryptography;
using System.Text.Json;
using ProviderRouter.AuditLog.Bodies;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>Whether a row's body is what its digests say. The digests themselves are covered by the row's hash.</summary>
internal sealed class BodyCheck(StoredPieces pieces)
{
    private readonly byte[] digest = new byte[SHA256.HashSizeInBytes];
    private byte[] hashes = new byte[64 * PieceHash.Size];

    /// <summary>Of a row that has a body: true when it is there, and right.</summary>
    public BodyState Of(ChainCursor row)
    {
        var content = row.Row;
        var (body, parts) = (row.Column("body"), row.Column("body_parts"));
        var (sent, kept) = (row.Column("body_sha256"), row.Column("body_digest"));
        if (!content.IsNull(parts))
        {
            return Is(DigestOfPieces(content.Bytes(parts)) && digest.AsSpan().SequenceEqual(content.Bytes(kept)));
        }

        if (content.IsNull(body))
        {
            return content.IsNull(sent) && content.IsNull(kept) ? BodyState.None : BodyState.Absent;
        }

        SHA256.HashData(content.Bytes(body), digest);
        return Is(digest.AsSpan().SequenceEqual(content.Bytes(content.IsNull(kept) ? sent : kept)));
    }

    /// <summary>Of an answer: the same for its event stream.</summary>
    public BodyState OfEventStream(ChainCursor row)
    {
        var content = row.Row;
        var (events, expected) = (row.Column("event_stream"), row.Column("stream_digest"));
        if (content.IsNull(events))
        {
            return content.IsNull(expected) ? BodyState.None : BodyState.Absent;
        }

        SHA256.HashData(content.Bytes(events), digest);
        return Is(digest.AsSpan().SequenceEqual(content.Bytes(expected)));
    }

    private static BodyState Is(bool right) => right ? BodyState.Right : BodyState.Wrong;

    private bool DigestOfPieces(ReadOnlySpan<byte> parts)
    {
        var used = 0;
        try
        {
            var json = new Utf8JsonReader(parts);
            long? first = null;
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.Number)
                {
                    continue;
                }

                if (first is not { } from)
                {
                    first = json.GetInt64();
                    continue;
                }

                for (var id = from; id <= json.GetInt64(); id++)
                {
                    if (pieces[id] is not { } hash)
                    {
                        return false;
                    }

                    if (used + PieceHash.Size > hashes.Length)
                    {
                        Array.Resize(ref hashes, hashes.Length * 2);
                    }

                    hash.CopyTo(hashes.AsSpan(used));
                    used += PieceHash.Size;
                }

                first = null;
            }
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return false;
        }

        SHA256.HashData(hashes.AsSpan(0, used), digest);
        return true;
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
}
