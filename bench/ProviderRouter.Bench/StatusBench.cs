using System.Diagnostics;

namespace ProviderRouter.Bench;

/// <summary>How long <c>provider-cli status</c> and <c>set</c> take, as whole processes.</summary>
internal static class StatusBench
{
    private const int Runs = 200;

    public static async Task RunAsync(Programs programs)
    {
        var data = Directory.CreateTempSubdirectory("router-bench-").FullName;
        await programs.RunCliAsync(data, "status");
        Report.Row("`provider-cli status`", await TimeAsync(programs, data, "status"), "ms", "< 20 ms");
        Report.Row("`provider-cli set echo`", await TimeAsync(programs, data, "set", "echo"), "ms", "");
        Directory.Delete(data, recursive: true);
    }

    private static async Task<List<double>> TimeAsync(Programs programs, string data, params string[] arguments)
    {
        var times = new List<double>(Runs);
        for (var i = 0; i < Runs; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await programs.RunCliAsync(data, arguments);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }
}
