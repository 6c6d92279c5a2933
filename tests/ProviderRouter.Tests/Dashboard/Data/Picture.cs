using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ProviderRouter.Tests.Dashboard.Data;

/// <summary>A small PNG that looks like something: hills under a sky.</summary>
internal static class Picture
{
    private const int Width = 320;
    private const int Height = 200;

    public static string DataUrl { get; } = "data:image/png;base64," + Convert.ToBase64String(Png());

    private static byte[] Png()
    {
        using var png = new MemoryStream();
        png.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Height);
        (head[8], head[9]) = (8, 2);
        Write(png, "IHDR"u8, head);
        using (var pixels = new MemoryStream())
        {
            using (var zlib = new ZLibStream(pixels, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                zlib.Write(Pixels());
            }

            Write(png, "IDAT"u8, pixels.ToArray());
        }

        Write(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Pixels()
    {
        var pixels = new List<byte>(Height * (1 + (Width * 3)));
        for (var y = 0; y < Height; y++)
        {
            pixels.Add(0);
            for (var x = 0; x < Width; x++)
            {
                var isHill = y > 120 + (30 * Math.Sin(x / 40.0));
                var isSun = ((x - 250) * (x - 250)) + ((y - 50) * (y - 50)) < 500;
                pixels.AddRange(isSun ? [250, 210, 90] : isHill ? [60, (byte)(160 - (y / 4)), 90] : [(byte)(110 + (y / 2)), (byte)(170 + (y / 4)), 235]);
            }
        }

        return [.. pixels];
    }

    private static void Write(MemoryStream png, ReadOnlySpan<byte> kind, byte[] data)
    {
        var word = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        png.Write(word);
        byte[] content = [.. kind, .. data];
        png.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32.HashToUInt32(content));
        png.Write(word);
    }
}
