using ProviderRouter.Configuration;
using ProviderRouter.Settings;

namespace ProviderRouter.AuditLog.Writing;

/// <summary>
/// Keeps rows, in order, while the database cannot be written: in files, and where those cannot be written either, in memory.
/// Both are bounded.
/// </summary>
/// <param name="data">Where its files lie, unless <c>audit.spoolFolder</c> names another place.</param>
/// <param name="run">The server's run that it belongs to.</param>
internal sealed class Spool(DataFolder data, long run) : IDisposable
{
    /// <summary>What it keeps in memory at the most, in bytes: 64 MB.</summary>
    public const long MemoryLimit = 64 << 20;

    /// <summary>How large a file grows before the next is begun, in bytes: 64 MB. A file whose rows are written is removed.</summary>
    private const long FileLimit = 64 << 20;

    /// <summary>What is written or read at once, in bytes: 4 MB, or one row.</summary>
    private const long PartLimit = 4 << 20;

    private const int PartRows = 256;

    // Oldest first; those after the first may be appended to.
    private readonly Queue<SpoolFile> files = new();
    private readonly Queue<byte[]> memory = new();
    private SpoolFile? last;
    private string? lastFolder;
    private int begun;
    private int peeked;
    private long memoryBytes;
    private long rows;
    private long bytes;

    /// <summary>Rows in it. May be asked from any thread.</summary>
    public long Rows => Interlocked.Read(ref rows);

    /// <summary>What they take, in bytes. May be asked from any thread.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Rows that are in memory alone, and end with the process.</summary>
    public int RowsInMemory => memory.Count;

    /// <summary>Takes up what earlier runs left behind.</summary>
    public void Recover(AuditSettings settings)
    {
        foreach (var (path, leftBy) in SpoolFiles.Find(data, settings.SpoolFolder))
        {
            if (SpoolFile.TryOpen(path, leftBy) is not { } file)
            {
                // Another server's that runs, on the same database.
                continue;
            }

            if (file.Rows == 0)
            {
                file.Delete();
                continue;
            }

            files.Enqueue(file);
        }

        Count();
    }

    /// <summary>Keeps rows; tells how many of them, from the first on, it has room for.</summary>
    public int Add(IEnumerable<AuditRow> more, AuditSettings settings)
    {
        MoveToFile(settings);
        var kept = 0;
        var part = new List<byte[]>();
        var size = 0L;
        foreach (var row in more)
        {
            part.Add(SpoolJson.ToLine(row));
            size += part[^1].Length;
            if (size >= PartLimit)
            {
                kept += Add(part, settings);
                part.Clear();
                size = 0;
            }
        }

        kept += Add(part, settings);
        Count();
        return kept;
    }

    /// <summary>The first rows in it; null when it is empty.</summary>
    public SpooledRows? Peek()
    {
        while (files.TryPeek(out var file))
        {
            if (file.Rows > 0)
            {
                return SpooledRows.From(file.Run, file.Peek(PartRows, PartLimit));
            }

            // Begun, and then it could not be written.
            RemoveFirst();
        }

        var lines = new List<byte[]>();
        var size = 0L;
        foreach (var line in memory.Take(PartRows).TakeWhile(_ => size < PartLimit))
        {
            lines.Add(line);
            size += line.Length;
        }

        peeked = lines.Count;
        return peeked > 0 ? SpooledRows.From(run, lines) : null;
    }

    /// <summary>Lets go of the rows that <see cref="Peek"/> told last.</summary>
    public void Drop()
    {
        if (files.TryPeek(out var file))
        {
            file.Drop();
            if (file.Rows == 0)
            {
                RemoveFirst();
            }
        }
        else
        {
            Forget(peeked);
        }

        Count();
    }

    /// <summary>What is in memory goes to a file as soon as there is one that can be written.</summary>
    public void MoveToFile(AuditSettings settings)
    {
        while (memory.Count > 0)
        {
            var part = memory.Take(PartRows).ToList();
            if (!TryWrite(part, settings))
            {
                return;
            }

            Forget(part.Count);
        }
    }

    private int Add(List<byte[]> part, AuditSettings settings)
    {
        // Once a row is in memory, those after it are, too: the order is kept.
        if (memory.Count == 0 && TryWrite(part, settings))
        {
            return part.Count;
        }

        var kept = 0;
        while (kept < part.Count && memoryBytes + part[kept].Length <= MemoryLimit)
        {
            memory.Enqueue(part[kept]);
            memoryBytes += part[kept++].Length;
        }

        return kept;
    }

    private bool TryWrite(List<byte[]> part, AuditSettings settings)
    {
        if (files.Sum(file => file.Size) + part.Sum(line => (long)line.Length) > settings.SpoolMax)
        {
            return false;
        }

        if (last is null || last.IsTorn || last.Size >= FileLimit || lastFolder != settings.SpoolFolder)
        {
            last = SpoolFile.TryCreate(SpoolFiles.PathOf(data, settings.SpoolFolder, run, ++begun), run);
            lastFolder = settings.SpoolFolder;
            if (last is not null)
            {
                files.Enqueue(last);
            }
        }

        return last?.TryAppend(part) == true;
    }

    private void RemoveFirst()
    {
        var first = files.Dequeue();
        first.Delete();
        last = last == first ? null : last;
    }

    private void Forget(int count)
    {
        for (var i = 0; i < count; i++)
        {
            memoryBytes -= memory.Dequeue().Length;
        }
    }

    private void Count()
    {
        Interlocked.Exchange(ref rows, files.Sum(file => file.Rows) + memory.Count);
        Interlocked.Exchange(ref bytes, files.Sum(file => file.Bytes) + memoryBytes);
    }

    /// <summary>Closes its files; what is in them stays for the next run.</summary>
    public void Dispose()
    {
        foreach (var file in files)
        {
            file.Dispose();
        }
    }
}
