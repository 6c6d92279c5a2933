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
        var (process, url) = await programs.StartRouterAsync(data.Path);
        await using var router = new ServerProcess(process);
        using var user = new SteadyUser(url);
        await user.AskWhileAsync(Task.Delay(TimeSpan.FromSeconds(3)));

        await MeasureAsync("nothing is removed", Task.Delay(TimeSpan.FromSeconds(20)));
        await PruneAsync("bodies", "--bodies-before");
        await PruneAsync("records", "--records-before");
        Report.Row("retention: server's peak memory (RSS)", router.PeakMemory, "MB", "");
        await programs.RunCliAsync(data.Path, "verify");

        async Task PruneAsync(string what, string option)
        {
            var (before, started) = (Megabytes(data), Stopwatch.GetTimestamp());
            var prune = programs.RunCliAsync(data.Path, "prune", option, Half);
            var took = prune.ContinueWith(_ => Stopwatch.GetElapsedTime(started).TotalSeconds, TaskScheduler.Default);
            await MeasureAsync($"{what} are removed", prune);
            await prune;
            Report.Row($"retention: `prune {option}`, half of {Requests:#,0} requests", await took, "s", "");
            Report.Row($"retention: size of the database, {what} there", before, "MB", "");
            Report.Row($"retention: size of the database, half of the {what} gone", Megabytes(data), "MB", "");
        }

        async Task MeasureAsync(string meanwhile, Task something)
        {
            var waiting = Task.Run(() => LockProbe.RunWhileAsync(DatabaseIn(data), something));
            var answers = await user.AskWhileAsync(something);
            Report.Row($"retention: time to answer while {meanwhile}", [.. answers], "ms", "");
            Report.Row($"retention: longest of {answers.Length:#,0} answers", answers.Max(), "ms", "");
            var waits = await waiting;
            Report.Row($"retention: longest that a writer waited, of {waits.Count:#,0}", waits.Max(), "ms", "");
        }
    }

    private static string DatabaseIn(TemporaryFolder folder) => Path.Combine(folder.Path, "provider-router.db");

    private static double Megabytes(TemporaryFolder folder) => new FileInfo(DatabaseIn(folder)).Length / 1024.0 / 1024;
}
