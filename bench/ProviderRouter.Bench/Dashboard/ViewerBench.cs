using ProviderRouter.Bench.Peers;
using ProviderRouter.Bench.Questions;

namespace ProviderRouter.Bench.Dashboard;

/// <summary>What ten who look at the live page cost the server at 200 requests a second, in turn with nobody who looks.</summary>
internal static class ViewerBench
{
    private const int Count = 10;
    private const int Rounds = 4;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Programs programs)
    {
        using var data = new TemporaryFolder();
        await using var upstream = await PacedUpstream.StartAsync();
        var (process, url) = await programs.StartRouterAsync(data.Path, ("LM_STUDIO_BASE_URL", new Uri(upstream.Url, "v1").ToString()));
        await using var server = new ServerProcess(process);
        using var writing = new CancellationTokenSource();
        using var users = new SteadyWriter(url);
        var written = users.RunAsync(writing.Token);
        await Task.Delay(Round);
        var (without, with, shown) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            without.Add(await MeasureAsync(server, users));
            await using var viewers = new Viewers(url);
            await viewers.ComeAsync(Count);
            // What they are shown first is not what is measured.
            await Task.Delay(TimeSpan.FromSeconds(2));
            var (bytes, done) = (viewers.Bytes, users.Done);
            with.Add(await MeasureAsync(server, users));
            shown.Add((double)(viewers.Bytes - bytes) / Count / (users.Done - done));
        }

        await writing.CancelAsync();
        await written;
        Report.Row("server: CPU a request at 200 a second, nobody looks", without, "µs", "");
        Report.Row($"the same with {Count} on the live page (×{Percentile.Median(with) / Percentile.Median(without):0.00})", with, "µs", "≤ ×1.15");
        Report.Row("what each of them is sent a request", shown, "bytes", "");
        Report.Row("requests that failed meanwhile", users.Failed, "", "0");
    }

    private static async Task<double> MeasureAsync(ServerProcess server, SteadyWriter users)
    {
        var (cpu, done) = (ProcessFacts.Cpu(server.Id), users.Done);
        await Task.Delay(Round);
        return (ProcessFacts.Cpu(server.Id) - cpu).TotalMicroseconds / (users.Done - done);
    }
}
