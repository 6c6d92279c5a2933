using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Bodies;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>
/// The pieces that bodies are made of, by id, as the hashes of their content: 16 bytes of memory for each, however far apart
/// their ids are.
/// </summary>
internal sealed class StoredPieces
{
    private const int ChunkSize = 64 * 1024;

    private readonly List<PieceHash[]> chunks = [];

    // Where ids go on without a gap: the first of them, and its place among all pieces.
    private readonly List<(long FirstId, int Index)> runs = [];
    private readonly HashSet<long> altered = [];
    private long lastId;
    private int count;
    private int recent;

    /// <summary>Reads and checks them all.</summary>
    public StoredPieces(SqliteConnection connection, Action<long> progress)
    {
        using var pieces = new RawStatement(connection, "SELECT id, hash, data FROM audit_pieces ORDER BY id");
        while (pieces.Step())
        {
            var id = pieces.Integer(0);
            var stored = pieces.Bytes(1);
            var hash = PieceHash.Of(pieces.Bytes(2));
            Add(id, hash);
            if (stored.Length != PieceHash.Size || PieceHash.From(stored) != hash)
            {
                altered.Add(id);
            }

            progress(1);
        }
    }

    /// <summary>A piece that is not what its hash says; null when all are.</summary>
    public long? Altered => altered.Count > 0 ? altered.Min() : null;

    /// <summary>The hash of a piece; false when it is missing or not what its hash says.</summary>
    public bool TryFind(long id, out PieceHash hash)
    {
        hash = default;
        if (RunOf(id) is not { } run)
        {
            return false;
        }

        var (firstId, index) = runs[run];
        var end = run + 1 < runs.Count ? runs[run + 1].Index : count;
        if (id - firstId >= end - index || altered.Contains(id))
        {
            return false;
        }

        index += (int)(id - firstId);
        hash = chunks[index / ChunkSize][index % ChunkSize];
        return true;
    }

    private void Add(long id, PieceHash hash)
    {
        if (count == 0 || id != lastId + 1)
        {
            runs.Add((id, count));
        }

        if (count % ChunkSize == 0)
        {
            chunks.Add(new PieceHash[ChunkSize]);
        }

        chunks[^1][count++ % ChunkSize] = hash;
        lastId = id;
    }

    /// <summary>The last run that does not begin after this id. Most are in the one where the last was.</summary>
    private int? RunOf(long id)
    {
        if (recent < runs.Count && runs[recent].FirstId <= id && (recent + 1 == runs.Count || id < runs[recent + 1].FirstId))
        {
            return recent;
        }

        var (low, high) = (0, runs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = runs[middle].FirstId <= id ? (middle + 1, high) : (low, middle);
        }

        recent = Math.Max(0, low - 1);
        return low > 0 ? recent : null;
    }
}
