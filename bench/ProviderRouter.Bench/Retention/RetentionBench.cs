using System.Diagnostics;
using ProviderRouter.Bench.Verify;

namespace ProviderRouter.Bench.Retention;

/// <summary>What <c>provider-cli prune</c> takes of a large log, and what those notice who use the router meanwhile.</summary>
internal static class RetentionBench
{
    private const int Requests = 200_000;

    /// <summary>The log begins 30 days ago, and has a request every 2.5 s: half of them are older than this.</summary>
    private const string Half = "650h";

    public static async Task RunAsync(Programs programs)
    {
        using var data = new TemporaryFolder();
        LogFill.Write(data.Path, Requests);
        Report.Row($"log of {Requests:#,0} requests: its size", Megabytes(data), "MB", "");
        var (process, url) = await programs.StartRouterAsync(data.Path);
        await using var router = new ServerProcess(process);
        using var user = new SteadyUser(url);

        await user.AskWhileAsync(() => Task.Delay(TimeSpan.FromSeconds(3)));
        SteadyUser.Report("nothing is removed", await user.AskWhileAsync(() => Task.Delay(TimeSpan.FromSeconds(20))));
        await PruneAsync("bodies", "--bodies-before");
        await PruneAsync("records", "--records-before");
        Report.Row("server: peak memory (RSS)", router.PeakMemory, "MB", "");

        async Task PruneAsync(string what, string option)
        {
            var (before, started) = (Megabytes(data), Stopwatch.GetTimestamp());
            var seconds = 0.0;
            var answers = await user.AskWhileAsync(async () =>
            {
                await programs.RunCliAsync(data.Path, "prune", option, Half);
                seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            });
            Report.Row($"`prune {option}`, half of the log: time", seconds, "s", "");
            Report.Row($"`prune {option}`: size before", before, "MB", "");
            Report.Row($"`prune {option}`: size after", Megabytes(data), "MB", "");
            SteadyUser.Report($"{what} are removed", answers);
        }
    }

    private static double Megabytes(TemporaryFolder folder) => folder.Bytes / 1024.0 / 1024;
}
