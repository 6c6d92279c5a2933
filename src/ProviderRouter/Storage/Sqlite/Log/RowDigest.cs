using System.Buffers.Binary;
using System.Security.Cryptography;
using ProviderRouter.AuditLog.Bodies;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>
/// What binds a row to the one before it: a SHA-256 over the hash of that row, a letter for the table, and each column that
/// counts, in order. A column is a letter for its type, then: a number as 8 bytes, text and bytes as their length in 4 bytes
/// and themselves (all little-endian), NULL as nothing. Bodies count by their digests.
/// </summary>
internal sealed class RowDigest
{
    /// <summary>The size of a row's hash, in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private byte[] buffer = new byte[4096];
    private int used;

    /// <summary>Begins a row.</summary>
    /// <param name="table">The letter of its table.</param>
    /// <param name="before">The hash of the row before.</param>
    public void Begin(char table, ReadOnlySpan<byte> before)
    {
        used = 0;
        before.CopyTo(Room(Size));
        Room(1)[0] = (byte)table;
    }

    /// <summary>A number.</summary>
    public void Add(long value)
    {
        var room = Room(9);
        room[0] = (byte)'i';
        BinaryPrimitives.WriteInt64LittleEndian(room[1..], value);
    }

    /// <summary>NULL.</summary>
    public void AddNull() => Room(1)[0] = (byte)'n';

    /// <summary>Text in UTF-8.</summary>
    public void AddText(ReadOnlySpan<byte> utf8) => Add('t', utf8);

    /// <summary>Bytes.</summary>
    public void AddBlob(ReadOnlySpan<byte> bytes) => Add('b', bytes);

    /// <summary>A piece, which counts by its hash.</summary>
    public void Add(PieceHash hash)
    {
        var room = Room(1 + PieceHash.Size);
        room[0] = (byte)'p';
        hash.CopyTo(room[1..]);
    }

    /// <summary>Text of a column that was added to the log later; where it is NULL nothing is counted.</summary>
    /// <param name="number">Which of the table's later columns, from 0.</param>
    /// <param name="utf8">The text.</param>
    public void AddLater(int number, ReadOnlySpan<byte> utf8) => Add((char)(ChainTables.FirstLaterLetter + number), utf8);

    /// <summary>The hash of the row.</summary>
    public byte[] End() => SHA256.HashData(buffer.AsSpan(0, used));

    /// <summary>The hash of the row, into these 32 bytes.</summary>
    public void End(Span<byte> hash) => SHA256.HashData(buffer.AsSpan(0, used), hash);

    private void Add(char type, ReadOnlySpan<byte> bytes)
    {
        var room = Room(5 + bytes.Length);
        room[0] = (byte)type;
        BinaryPrimitives.WriteInt32LittleEndian(room[1..], bytes.Length);
        bytes.CopyTo(room[5..]);
    }

    private Span<byte> Room(int size)
    {
        if (used + size > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(used + size, buffer.Length * 2));
        }

        used += size;
        return buffer.AsSpan(used - size, size);
    }
}
