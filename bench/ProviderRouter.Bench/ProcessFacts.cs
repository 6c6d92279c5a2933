using System.Diagnostics;

namespace ProviderRouter.Bench;

/// <summary>What Linux knows of a running process.</summary>
internal static class ProcessFacts
{
    /// <summary>The process and those that it started, such as the workers of nginx.</summary>
    public static IEnumerable<int> Tree(int id) =>
        // Each thread has its own children.
        Directory.GetDirectories($"/proc/{id}/task").SelectMany(ChildrenOf).SelectMany(Tree).Prepend(id);

    private static IEnumerable<int> ChildrenOf(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
        }
        catch (IOException)
        {
            // The thread has ended meanwhile.
            return [];
        }
    }

    /// <summary>Processor time so far, in user mode and in the kernel.</summary>
    public static TimeSpan Cpu(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    /// <summary>A kind of memory, such as <c>VmRSS</c> or <c>VmHWM</c>, in MB.</summary>
    public static double Memory(int id, string kind) => Field($"/proc/{id}/status", kind) / 1024.0;

    /// <summary>A count of bytes, such as <c>wchar</c> (handed to the kernel) or <c>write_bytes</c> (sent to the disk).</summary>
    public static long Io(int id, string kind) => Field($"/proc/{id}/io", kind);

    private static long Field(string file, string name) =>
        long.Parse(File.ReadLines(file).Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]);
}
