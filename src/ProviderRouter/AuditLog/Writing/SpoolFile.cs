using Microsoft.Win32.SafeHandles;

namespace ProviderRouter.AuditLog.Writing;

/// <summary>A file of the spool: rows as lines, each append synced to the disk. Only one process has it open.</summary>
internal sealed class SpoolFile : IDisposable
{
    // The handle is written to past the stream, so that nothing of a failed append waits in a buffer.
    private readonly FileStream stream;
    private readonly SafeFileHandle handle;
    private long end;
    private long readFrom;
    private (int Rows, long Bytes) peeked;

    private SpoolFile(FileStream stream, long run) => (this.stream, handle, Run) = (stream, stream.SafeFileHandle, run);

    /// <summary>The server's run whose rows these are.</summary>
    public long Run { get; }

    /// <summary>Rows that were appended and not dropped.</summary>
    public long Rows { get; private set; }

    /// <summary>What it takes on the disk, in bytes.</summary>
    public long Size => end;

    /// <summary>What the rows take that were not dropped, in bytes.</summary>
    public long Bytes => end - readFrom;

    /// <summary>True once an append failed in a way that leaves a part of a row at the end: then nothing more is appended.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>Creates one; null when that cannot be done.</summary>
    public static SpoolFile? TryCreate(string path, long run) => TryOpen(path, run, FileMode.CreateNew);

    /// <summary>Opens one that was left behind; null when that cannot be done, as while another server has it. A last line that is not whole does not count.</summary>
    public static SpoolFile? TryOpen(string path, long run) => TryOpen(path, run, FileMode.Open);

    private static SpoolFile? TryOpen(string path, long run, FileMode mode)
    {
        FileStream? opened = null;
        try
        {
            var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
            if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            opened = new FileStream(path, options);
            var file = new SpoolFile(opened, run);
            file.CountRows();
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            opened?.Dispose();
            return null;
        }
    }

    /// <summary>Appends lines: all of them are on the disk when this answers true, and none counts when it answers false.</summary>
    public bool TryAppend(IReadOnlyList<byte[]> lines)
    {
        if (IsTorn)
        {
            return false;
        }

        try
        {
            var size = lines.Sum(line => (long)line.Length);
            RandomAccess.Write(handle, [.. lines.Select(line => (ReadOnlyMemory<byte>)line)], end);
            RandomAccess.FlushToDisk(handle);
            end += size;
            Rows += lines.Count;
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            CutOff();
            return false;
        }
    }

    /// <summary>The first lines, up to so many rows and bytes, but at least one.</summary>
    public List<byte[]> Peek(int rows, long bytes)
    {
        var lines = new List<byte[]>();
        var reader = new LineReader(handle, readFrom, end);
        for (var size = 0L; lines.Count < rows && size < bytes && reader.Next() is { } line; size += line.Length + 1)
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
        SpoolFiles.TryDelete(stream.Name);
    }

    /// <summary>Removes what a failed append left behind its rows; where that fails too, nothing more is appended.</summary>
    private void CutOff()
    {
        try
        {
            RandomAccess.SetLength(handle, end);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            IsTorn = true;
        }
    }

    private void CountRows()
    {
        var reader = new LineReader(handle, 0, RandomAccess.GetLength(handle));
        while (reader.Next() is { } line)
        {
            Rows++;
            end += line.Length + 1;
        }

        CutOff();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
