using System.Diagnostics;

namespace ProviderRouter.Bench.Verify;

/// <summary>How long <c>provider-cli verify</c> takes for a log of a million requests, and how much memory.</summary>
internal static class VerifyBench
{
    private const int Requests = 1_000_000;
    private const int Runs = 3;

    public static async Task RunAsync(Programs programs)
    {
        using var data = new TemporaryFolder();
        var started = Stopwatch.GetTimestamp();
        LogFill.Write(data.Path, Requests);
        Report.Row($"log of {Requests:#,0} requests: written in", Stopwatch.GetElapsedTime(started).TotalSeconds, "s", "");
        Report.Row("its size on the disk", data.Bytes / 1024.0 / 1024, "MB", "");

        var (times, processor) = (new List<double>(), new List<double>());
        var memory = 0.0;
        var summary = "";
        for (var run = 0; run < Runs; run++)
        {
            started = Stopwatch.GetTimestamp();
            using var process = programs.Start("provider-cli", ["verify", "--data", data.Path]);
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            var (cpu, peak) = await WatchAsync(process);
            processor.Add(cpu);
            memory = Math.Max(memory, peak);
            times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            summary = process.ExitCode == 0 ? await output : throw new InvalidOperationException($"verify failed: {await errors}");
        }

        Report.Row("`provider-cli verify`", times, "s", "≤ 10 s");
        Report.Row("`provider-cli verify`: processor time, all threads", processor, "s", "");
        Report.Row("`provider-cli verify`: peak memory (RSS)", memory, "MB", "< 150 MB");
        Console.WriteLine($"\n{summary}");
    }

    /// <summary>Processor time in seconds and peak memory in MB of a process until it ends, looked at ten times a second.</summary>
    private static async Task<(double Cpu, double Memory)> WatchAsync(Process process)
    {
        var (cpu, memory) = (0.0, 0.0);
        var ended = process.WaitForExitAsync();
        while (await Task.WhenAny(ended, Task.Delay(100)) != ended)
        {
            try
            {
                (cpu, memory) = (ProcessFacts.Cpu(process.Id).TotalSeconds, ProcessFacts.Memory(process.Id, "VmHWM"));
            }
            catch (Exception error) when (error is IOException or InvalidOperationException or ArgumentException)
            {
                // It ended in this moment.
            }
        }

        return (cpu, memory);
    }
}
