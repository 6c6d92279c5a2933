using System.Diagnostics;

namespace ProviderRouter.Bench;

/// <summary>What Linux knows of a running process.</summary>
internal static class ProcessFacts
{
    /// <summary>The process and those that it started, such as the workers of nginx.</summary>
    public static IEnumerable<int> Tree(int id) =>
        File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(child => Tree(int.Parse(child))).Prepend(id);

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
