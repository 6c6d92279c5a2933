namespace ProviderRouter.AuditLog.Writing;

/// <summary>The spool's file: rows as lines, each batch synced to the disk.</summary>
internal sealed class SpoolFile : IDisposable
{
    private readonly FileStream stream;
    private long readFrom;
    private (int Rows, long Bytes) peeked;

    private SpoolFile(FileStream stream) => this.stream = stream;

    /// <summary>Rows that were appended and not dropped.</summary>
    public long Rows { get; private set; }

    /// <summary>What they take, in bytes.</summary>
    public long Bytes => stream.Length - readFrom;

    /// <summary>Opens or creates it; null when that cannot be done. A last line that is not whole is cut off.</summary>
    public static SpoolFile? TryOpen(string path)
    {
        FileStream? opened = null;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            opened = new FileStream(path, options);
            var file = new SpoolFile(opened);
            opened.SetLength(file.CountRows());
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            opened?.Dispose();
            return null;
        }
    }

    /// <summary>Appends lines: all of them are on the disk when this answers true, and none when it answers false.</summary>
    public bool TryAppend(List<byte[]> lines)
    {
        var before = stream.Length;
        try
        {
            stream.Position = before;
            lines.ForEach(line => stream.Write(line));
            stream.Flush(flushToDisk: true);
            Rows += lines.Count;
            return true;
        }
        catch (IOException)
        {
            stream.SetLength(before);
            return false;
        }
    }

    /// <summary>The first lines, up to so many.</summary>
    public List<byte[]> Peek(int most)
    {
        stream.Position = readFrom;
        var lines = new List<byte[]>();
        var reader = new LineReader(stream);
        while (lines.Count < most && reader.Next() is { } line)
        {
            lines.Add(line);
        }

        peeked = (lines.Count, lines.Sum(line => line.Length + 1L));
        return lines;
    }

    /// <summary>Lets go of the lines that <see cref="Peek"/> told last.</summary>
    public void Drop()
    {
        Rows -= peeked.Rows;
        readFrom += peeked.Bytes;
        peeked = default;
    }

    /// <summary>Closes and removes it.</summary>
    public void Delete()
    {
        stream.Dispose();
        File.Delete(stream.Name);
    }

    /// <summary>Counts the whole lines; returns where the last of them ends.</summary>
    private long CountRows()
    {
        var reader = new LineReader(stream);
        var end = 0L;
        while (reader.Next() is { } line)
        {
            Rows++;
            end += line.Length + 1;
        }

        return end;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
