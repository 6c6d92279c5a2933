using Microsoft.Win32.SafeHandles;

namespace ProviderRouter.AuditLog.Writing;

/// <summary>Reads the whole lines in a part of a file as bytes, without their ends; a last one that has no end is not told.</summary>
internal sealed class LineReader(SafeFileHandle file, long at, long limit)
{
    private byte[] buffer = new byte[64 * 1024];
    private long position = at;
    private int from;
    private int to;

    /// <summary>The next line, or null.</summary>
    public byte[]? Next()
    {
        var searched = 0;
        while (true)
        {
            var end = buffer.AsSpan(from + searched, to - from - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = buffer.AsSpan(from, searched + end).ToArray();
                from += line.Length + 1;
                return line;
            }

            searched = to - from;
            if (!Fill())
            {
                return null;
            }
        }
    }

    private bool Fill()
    {
        if (from > 0)
        {
            buffer.AsSpan(from, to - from).CopyTo(buffer);
            (from, to) = (0, to - from);
        }
        else if (to == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var room = (int)Math.Min(buffer.Length - to, limit - position);
        var read = room > 0 ? RandomAccess.Read(file, buffer.AsSpan(to, room), position) : 0;
        to += read;
        position += read;
        return read > 0;
    }
}
