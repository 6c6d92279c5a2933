using System.IO.Compression;

namespace ProviderRouter.AuditLog.Bodies;

/// <summary>
/// The events of a stream as they were sent, compressed: they say the same over and over. The format is zlib's (RFC 1950),
/// which <c>sqlite3</c> undoes with <c>sqlar_uncompress(response_event_stream, response_bytes)</c>.
/// </summary>
public static class PackedEvents
{
    /// <summary>Compresses.</summary>
    public static ReadOnlyMemory<byte> Pack(ReadOnlySpan<byte> events)
    {
        using var packed = new MemoryStream(256 + events.Length / 8);
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(events);
        }

        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    /// <summary>Undoes it.</summary>
    /// <exception cref="InvalidDataException">These bytes are not what <see cref="Pack"/> made.</exception>
    public static byte[] Unpack(byte[] packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var events = new MemoryStream();
        zlib.CopyTo(events);
        return events.ToArray();
    }
}
