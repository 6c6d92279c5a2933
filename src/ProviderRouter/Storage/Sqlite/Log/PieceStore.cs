using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Bodies;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>
/// The pieces that bodies and headers are made of, each stored once. What was used of late is known without asking the
/// database.
/// </summary>
internal sealed class PieceStore(SqliteConnection connection) : IDisposable
{
    /// <summary>Pieces whose place is remembered: those of some 30 MB of text.</summary>
    private const int Remembered = 32 * 1024;

    private readonly RawStatement find = new(connection, "SELECT id FROM audit_pieces WHERE hash = ? LIMIT 1");
    private readonly RawStatement insert = new(connection, "INSERT OR FAIL INTO audit_pieces (id, hash, data) VALUES (?, ?, ?)");
    private readonly RawStatement last = new(connection, "SELECT coalesce(max(id), 0) FROM audit_pieces");
    private readonly byte[] hashBytes = new byte[PieceHash.Size];
    private readonly StringBuilder parts = new();
    // Two generations: when the young one is full it becomes the old one, and what is used of that becomes young again.
    private Dictionary<PieceHash, long> young = [];
    private Dictionary<PieceHash, long> old = [];
    private readonly (byte[]? Content, long Id, PieceHash Hash)[] frequent = new (byte[]?, long, PieceHash)[16];
    private int nextFrequent;
    private long nextId;

    /// <summary>Forgets what it remembers: another connection may have removed pieces, or a transaction was undone.</summary>
    public void Forget()
    {
        young.Clear();
        old.Clear();
        Array.Clear(frequent);
        last.Step();
        nextId = last.Integer(0) + 1;
        last.Reset();
    }

    /// <summary>The piece with this content, which is likely to be one of the last few that were asked for here.</summary>
    public (long Id, PieceHash Hash) StoreFrequent(ReadOnlySpan<byte> content)
    {
        foreach (var (known, knownId, knownHash) in frequent)
        {
            if (content.SequenceEqual(known))
            {
                return (knownId, knownHash);
            }
        }

        var hash = PieceHash.Of(content);
        var id = Store(content, hash);
        frequent[nextFrequent++ % frequent.Length] = (content.ToArray(), id, hash);
        return (id, hash);
    }

    /// <summary>Stores the pieces of a body, and tells where they are: ranges of pieces in order, as JSON.</summary>
    public string Store(AuditBody body)
    {
        parts.Clear().Append('[');
        long first = 0, previous = -1;
        foreach (var piece in body.Pieces)
        {
            var id = Store(body.Kept!.Value.Span.Slice(piece.Offset, piece.Length), piece.Hash);
            if (id != previous + 1)
            {
                Close();
                first = id;
            }

            previous = id;
        }

        Close();
        return parts.Append(']').ToString();

        void Close()
        {
            if (previous >= 0)
            {
                _ = (parts.Length > 1 ? parts.Append(',') : parts).Append('[').Append(first).Append(',').Append(previous).Append(']');
            }
        }
    }

    private long Store(ReadOnlySpan<byte> content, PieceHash hash)
    {
        if (young.TryGetValue(hash, out var id))
        {
            return id;
        }

        if (!old.Remove(hash, out id))
        {
            hash.CopyTo(hashBytes);
            id = Find() ?? Insert(content);
        }

        if (young.Count >= Remembered / 2)
        {
            (young, old) = (old, young);
            young.Clear();
        }

        young[hash] = id;
        return id;
    }

    private long? Find()
    {
        find.BindBlob(0, hashBytes);
        long? id = find.Step() ? find.Integer(0) : null;
        find.Reset();
        return id;
    }

    private long Insert(ReadOnlySpan<byte> content)
    {
        insert.Bind(0, nextId);
        insert.BindBlob(1, hashBytes);
        insert.BindBlob(2, content);
        insert.Run();
        return nextId++;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        find.Dispose();
        insert.Dispose();
        last.Dispose();
    }
}
