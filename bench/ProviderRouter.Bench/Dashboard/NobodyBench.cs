using ProviderRouter.Bench.Peers;
using ProviderRouter.Bench.Questions;

namespace ProviderRouter.Bench.Dashboard;

/// <summary>
/// What the dashboard costs while nobody looks: the published server beside one from before there was a dashboard, whose folder
/// <c>BENCH_BEFORE</c> names, in turn. Without that folder nothing is measured, and it says so.
/// </summary>
internal static class NobodyBench
{
    private const int Rounds = 4;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Programs programs)
    {
        if (Environment.GetEnvironmentVariable("BENCH_BEFORE") is not { Length: > 0 } folder)
        {
            Console.Error.WriteLine("BENCH_BEFORE names no folder with a provider-router from before the dashboard: not compared with it.");
            return;
        }

        var (before, now) = (new Costs(), new Costs());
        for (var round = 0; round < Rounds; round++)
        {
            await before.MeasureAsync(new Programs(Path.GetFullPath(folder)));
            await now.MeasureAsync(programs);
        }

        before.Show("before the dashboard", null);
        now.Show("nobody looks", before);
    }

    private sealed class Costs
    {
        private readonly List<double> idleMemory = [];
        private readonly List<double> idleCpu = [];
        private readonly List<double> busyMemory = [];
        private readonly List<double> busyCpu = [];

        public async Task MeasureAsync(Programs programs)
        {
            using var data = new TemporaryFolder();
            await using var upstream = await PacedUpstream.StartAsync();
            var (process, url) = await programs.StartRouterAsync(data.Path, ("LM_STUDIO_BASE_URL", new Uri(upstream.Url, "v1").ToString()));
            await using var server = new ServerProcess(process);
            await Task.Delay(TimeSpan.FromSeconds(3));
            var cpu = ProcessFacts.Cpu(server.Id);
            await Task.Delay(Idle);
            idleCpu.Add((ProcessFacts.Cpu(server.Id) - cpu).TotalMilliseconds / Idle.TotalSeconds);
            idleMemory.Add(ProcessFacts.Memory(server.Id, "VmRSS"));

            using var writing = new CancellationTokenSource();
            using var users = new SteadyWriter(url);
            var written = users.RunAsync(writing.Token);
            await Task.Delay(TimeSpan.FromSeconds(3));
            (cpu, var done) = (ProcessFacts.Cpu(server.Id), users.Done);
            await Task.Delay(Busy);
            busyCpu.Add((ProcessFacts.Cpu(server.Id) - cpu).TotalMicroseconds / (users.Done - done));
            busyMemory.Add(ProcessFacts.Memory(server.Id, "VmRSS"));
            await writing.CancelAsync();
            await written;
        }

        public void Show(string name, Costs? beside)
        {
            Report.Row($"{name}: memory, idle", idleMemory, "MB", beside is null ? "" : $"≤ {Percentile.Median(beside.idleMemory) + 5:0.0} MB");
            Report.Row($"{name}: CPU a second, idle", idleCpu, "ms", beside is null ? "" : "no more");
            Report.Row($"{name}: memory at 200 requests a second", busyMemory, "MB", beside is null ? "" : $"≤ {Percentile.Median(beside.busyMemory) + 5:0.0} MB");
            Report.Row($"{name}: CPU a request at 200 a second", busyCpu, "µs", beside is null ? "" : "no more");
        }
    }
}
