namespace ProviderRouter.AuditLog.Writing;

/// <summary>Reads the whole lines of a stream as bytes, without their ends; a last one that has no end is not told.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;

    /// <summary>The next line, or null.</summary>
    public byte[]? Next()
    {
        while (true)
        {
            var end = buffer.AsSpan(from, to - from).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = buffer.AsSpan(from, end).ToArray();
                from += end + 1;
                return line;
            }

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

        var read = stream.Read(buffer, to, buffer.Length - to);
        to += read;
        return read > 0;
    }
}
