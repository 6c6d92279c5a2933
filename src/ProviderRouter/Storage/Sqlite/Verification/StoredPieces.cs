using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Bodies;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>The hashes of all pieces whose content is what its hash says, by id: 16 bytes of memory for each.</summary>
internal sealed class StoredPieces
{
    private readonly long first;
    private readonly PieceHash?[] hashes;

    /// <summary>Reads and checks them all.</summary>
    public StoredPieces(SqliteConnection connection, Action<long> progress)
    {
        first = connection.Scalar<long>("SELECT coalesce(min(id), 1) FROM audit_pieces");
        var last = connection.Scalar<long>("SELECT coalesce(max(id), 0) FROM audit_pieces");
        hashes = new PieceHash?[Math.Max(0, last - first + 1)];
        using var pieces = new RawStatement(connection, "SELECT id, hash, data FROM audit_pieces ORDER BY id");
        while (pieces.Step())
        {
            var stored = pieces.Bytes(1);
            var hash = PieceHash.Of(pieces.Bytes(2));
            if (stored.Length == PieceHash.Size && PieceHash.From(stored) == hash)
            {
                hashes[pieces.Integer(0) - first] = hash;
            }

            progress(1);
        }
    }

    /// <summary>The hash of a piece; null when it is missing or not what its hash says.</summary>
    public PieceHash? this[long id] => id >= first && id - first < hashes.Length ? hashes[id - first] : null;
}
