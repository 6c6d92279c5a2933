using System.Buffers;
using System.Security.Cryptography;

namespace FakeUpstream.Wire;

/// <summary>Reads a body to its end for its size and hash, optionally keeping its beginning.</summary>
internal static class BodyHash
{
    public static async Task<(long Bytes, string Sha256)> ReadAsync(
        Stream body, CancellationToken aborted, MemoryStream? beginning = null, int keep = 0)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var total = 0L;
            while (await body.ReadAsync(buffer, aborted) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                beginning?.Write(buffer, 0, (int)Math.Clamp(keep - total, 0, read));
                total += read;
            }

            return (total, Convert.ToHexStringLower(hash.GetCurrentHash()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
