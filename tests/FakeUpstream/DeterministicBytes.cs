using System.Buffers.Binary;

namespace FakeUpstream;

/// <summary>Pseudo-random bytes that both sides of a test can compute (SplitMix64, read at any offset).</summary>
public static class DeterministicBytes
{
    /// <summary>The first bytes of the sequence that <c>/v1/source?bytes=N</c> (seed 0) answers.</summary>
    public static byte[] Create(int count, ulong seed = 0)
    {
        var bytes = new byte[count];
        Fill(bytes, 0, seed);
        return bytes;
    }

    /// <summary>Fills the buffer with the sequence from that offset on, a multiple of 8.</summary>
    public static void Fill(Span<byte> buffer, long offset, ulong seed = 0)
    {
        if (offset % 8 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "The offset must be a multiple of 8.");
        }

        Span<byte> last = stackalloc byte[8];
        var index = seed + (ulong)(offset / 8);
        for (; buffer.Length >= 8; buffer = buffer[8..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, Mix(index++));
        }

        BinaryPrimitives.WriteUInt64LittleEndian(last, Mix(index));
        last[..buffer.Length].CopyTo(buffer);
    }

    private static ulong Mix(ulong index)
    {
        var value = (index + 1) * 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
