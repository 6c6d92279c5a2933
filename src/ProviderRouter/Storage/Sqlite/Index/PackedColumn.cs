using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>
/// Numbers as a block keeps them: 8 bytes for the smallest, one for the width of a number in bytes (0, 1, 2, 4, 8), and how much larger
/// each one is; little-endian.
/// </summary>
internal static class PackedColumn
{
    private const int Head = sizeof(long) + 1;

    /// <summary>Packs them.</summary>
    public static byte[] Pack(ReadOnlySpan<long> values)
    {
        var (least, most) = (long.MaxValue, long.MinValue);
        foreach (var value in values)
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        var span = values.IsEmpty ? 0UL : (ulong)(most - least);
        var width = span switch { 0 => 0, <= byte.MaxValue => 1, <= ushort.MaxValue => 2, <= uint.MaxValue => 4, _ => 8 };
        var packed = new byte[Head + (width * values.Length)];
        BinaryPrimitives.WriteInt64LittleEndian(packed, values.IsEmpty ? 0 : least);
        packed[Head - 1] = (byte)width;
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(number, (ulong)(values[i] - least));
            number[..width].CopyTo(packed.AsSpan(Head + (i * width)));
        }

        return packed;
    }

    /// <summary>Unpacks the first ones into all of this room.</summary>
    /// <exception cref="InvalidDataException">There are not so many, or they are not numbers.</exception>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<long> values)
    {
        if (packed.Length < Head || packed.Length - Head < packed[Head - 1] * values.Length)
        {
            throw new InvalidDataException("A column of the index is too short.");
        }

        var least = BinaryPrimitives.ReadInt64LittleEndian(packed);
        var numbers = packed[Head..];
        switch (packed[Head - 1])
        {
            case 0:
                values.Fill(least);
                break;
            case 1:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = least + numbers[i];
                }

                break;
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(numbers);
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = least + shorts[i];
                }

                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(numbers);
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = least + ints[i];
                }

                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, long>(numbers);
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = least + longs[i];
                }

                break;
            default:
                throw new InvalidDataException("A column of the index has numbers of an unknown width.");
        }
    }
}
