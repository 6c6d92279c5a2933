namespace ProviderRouter.AuditLog.Writing;

/// <summary>
/// Keeps rows, in order, while the database cannot be written: in a file, and where that cannot be written either, in memory.
/// Both are bounded.
/// </summary>
internal sealed class Spool(string dataFolder) : IDisposable
{
    /// <summary>The name of its file.</summary>
    public const string FileName = "provider-router.spool";

    /// <summary>What it keeps in memory at the most, in bytes: 64 MB.</summary>
    public const long MemoryLimit = 64 * 1024 * 1024;

    private readonly Queue<byte[]> memory = new();
    private SpoolFile? file;
    private long memoryBytes;
    private long rows;
    private long bytes;

    /// <summary>Rows in it. May be asked from any thread.</summary>
    public long Rows => Interlocked.Read(ref rows);

    /// <summary>What they take, in bytes. May be asked from any thread.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Takes up what an earlier run left behind.</summary>
    public void Recover(string? folder)
    {
        foreach (var path in new[] { folder, dataFolder }.OfType<string>().Distinct(StringComparer.Ordinal).Select(PathIn).Where(File.Exists))
        {
            file = SpoolFile.TryOpen(path);
            if (file is { Rows: > 0 })
            {
                Count();
                return;
            }

            file?.Delete();
            file = null;
        }
    }

    /// <summary>Keeps rows; tells how many of them, from the first on, it has room for.</summary>
    /// <param name="more">The rows.</param>
    /// <param name="folder">The folder for its file; null for the data folder.</param>
    /// <param name="limit">The most that its file may take, in bytes.</param>
    public int Add(IReadOnlyList<AuditRow> more, string? folder, long limit)
    {
        var lines = more.Select(SpoolJson.ToLine).ToList();
        // Once a row is in memory, those after it are, too: the order is kept.
        if (memory.Count == 0 && Bytes + lines.Sum(line => (long)line.Length) <= limit)
        {
            file ??= SpoolFile.TryOpen(PathIn(folder ?? dataFolder));
            if (file?.TryAppend(lines) == true)
            {
                Count();
                return lines.Count;
            }
        }

        var kept = 0;
        while (kept < lines.Count && memoryBytes + lines[kept].Length <= MemoryLimit)
        {
            memory.Enqueue(lines[kept]);
            memoryBytes += lines[kept++].Length;
        }

        Count();
        return kept;
    }

    /// <summary>The first rows in it, up to so many.</summary>
    public List<AuditRow> Peek(int most)
    {
        var lines = file is { Rows: > 0 } ? file.Peek(most) : memory.Take(most);
        return [.. lines.Select(line => SpoolJson.FromLine(line)).OfType<AuditRow>()];
    }

    /// <summary>Lets go of the rows that <see cref="Peek"/> told last.</summary>
    public void Drop(int most)
    {
        if (file is { Rows: > 0 })
        {
            file.Drop();
            if (file.Rows == 0)
            {
                file.Delete();
                file = null;
            }
        }
        else
        {
            for (var i = 0; i < most && memory.TryDequeue(out var line); i++)
            {
                memoryBytes -= line.Length;
            }
        }

        Count();
    }

    private void Count()
    {
        Interlocked.Exchange(ref rows, (file?.Rows ?? 0) + memory.Count);
        Interlocked.Exchange(ref bytes, (file?.Bytes ?? 0) + memoryBytes);
    }

    private static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <summary>Closes its file; what is in it stays for the next run.</summary>
    public void Dispose() => file?.Dispose();
}
