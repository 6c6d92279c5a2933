using System.IO.Compression;
using System.Runtime.InteropServices;

namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// Undoes <c>content-encoding</c> for the log, so that an answer that travelled compressed can be read there. Source:
/// RFC 9110, 8.4.
/// </summary>
internal static class ContentCoding
{
    /// <summary>True where the header's value says that nothing was done to the content.</summary>
    public static bool IsNone(string? coding) =>
        string.IsNullOrEmpty(coding) || coding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    /// <summary>The content, or null when the coding is one that cannot be undone here (such as zstd).</summary>
    /// <param name="bytes">As they travelled; they may end early.</param>
    /// <param name="coding">The header's value; null for none.</param>
    /// <param name="limit">The most bytes to make.</param>
    /// <param name="cut">True when there would have been more than <paramref name="limit"/>.</param>
    public static ReadOnlyMemory<byte>? Decode(ReadOnlyMemory<byte> bytes, string? coding, int limit, out bool cut)
    {
        cut = false;
        if (coding is null || IsNone(coding))
        {
            return bytes;
        }

        if (!MemoryMarshal.TryGetArray(bytes, out var segment))
        {
            return null;
        }

        using var packed = new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
        using Stream? decoder = coding.Trim().ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            _ => null,
        };
        return decoder is null ? null : ReadAvailable(decoder, limit, out cut);
    }

    /// <summary>What can be read before the end, the limit, or the place where it was cut off.</summary>
    private static ReadOnlyMemory<byte>? ReadAvailable(Stream decoder, int limit, out bool cut)
    {
        using var content = new MemoryStream();
        var block = new byte[16 * 1024];
        cut = false;
        try
        {
            for (int read; (read = decoder.Read(block)) > 0;)
            {
                var room = (int)Math.Min(read, limit - content.Length);
                content.Write(block, 0, room);
                if (room < read)
                {
                    cut = true;
                    break;
                }
            }
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            // Cut off or not what its header says: what came out so far is worth keeping, if anything did.
            return content.Length == 0 ? null : content.ToArray();
        }

        return content.ToArray();
    }
}
