using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ProviderRouter.AuditLog.Bodies;

/// <summary>
/// What a piece of a body is found by: the first 16 bytes of the SHA-256 of its content. Two pieces with the same one would
/// take 2^64 attempts to make.
/// </summary>
public readonly record struct PieceHash(UInt128 Value)
{
    /// <summary>The size of a hash, in bytes.</summary>
    public const int Size = 16;

    /// <summary>The hash of this content.</summary>
    public static PieceHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, digest);
        return From(digest);
    }

    /// <summary>The hash in these bytes, of which the first 16 count.</summary>
    public static PieceHash From(ReadOnlySpan<byte> bytes) => new(MemoryMarshal.Read<UInt128>(bytes));

    /// <summary>Writes the 16 bytes.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        var value = Value;
        MemoryMarshal.Write(bytes, in value);
    }
}
