using ProviderRouter.Bench.Peers;

namespace ProviderRouter.Bench.Fallback;

/// <summary>What it costs a request that succeeds at once that others stand by: two routers, one with fallbacks and one without, in turn.</summary>
internal static class FallbackBench
{
    private const int RoundCount = 9;
    private const int RateRequests = 500;

    public static async Task RunAsync(Programs programs)
    {
        await using var upstream = await PacedUpstream.StartAsync();
        await using var alone = await StartAsync(programs, upstream.Url);
        await using var planned = await StartAsync(programs, upstream.Url, "--fallback", "qwen-direct,echo");
        var (costs, times) = (new List<(double Alone, double Planned)>(), new List<(double Alone, double Planned)>());
        foreach (var router in new[] { alone, planned })
        {
            await (Load.ManyChats with { Requests = 4_000 }).RunAsync(router);
        }

        for (var round = 0; round < RoundCount; round++)
        {
            await Console.Error.WriteLineAsync($"fallback: round {round + 1} of {RoundCount}");
            var isFirst = round % 2 == 0;
            var (first, second) = isFirst ? (alone, planned) : (planned, alone);
            var (one, other) = (await Load.ManyChats.RunAsync(first), await Load.ManyChats.RunAsync(second));
            costs.Add(isFirst ? (one.Cpu, other.Cpu) : (other.Cpu, one.Cpu));
            var (slow, slower) = (Percentile.Median(await SteadyRate.RunAsync(first, RateRequests)), Percentile.Median(await SteadyRate.RunAsync(second, RateRequests)));
            times.Add(isFirst ? (slow, slower) : (slower, slow));
        }

        Line("CPU a chat, 64 clients", costs, "µs");
        Line($"time to answer, {SteadyRate.PerSecond} chats a second: median", times, "ms");
    }

    // The ratio is the median of the rounds' ratios, and beside it the least and the most: how much two rounds differ by themselves.
    private static void Line(string what, List<(double Alone, double Planned)> rounds, string unit)
    {
        var ratios = rounds.ConvertAll(round => round.Planned / round.Alone);
        Report.Line("what | without fallbacks | with two | ratio",
            $"{what} | {Report.Figure(Percentile.Median(rounds.ConvertAll(round => round.Alone)), unit)} | "
            + $"{Report.Figure(Percentile.Median(rounds.ConvertAll(round => round.Planned)), unit)} | "
            + $"×{Percentile.Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00})");
    }

    private static async Task<Contender> StartAsync(Programs programs, Uri upstream, params string[] plan)
    {
        var data = new TemporaryFolder();
        // What it takes to index words has its own line in QuestionsBench; here it would run in the others' rounds.
        await programs.RunCliAsync(data.Path, "config", "set", "audit.searchIndex", "off");
        var (process, url) = await programs.StartRouterAsync(data.Path, ("LM_STUDIO_BASE_URL", new Uri(upstream, "v1").ToString()));
        await programs.RunCliAsync(data.Path, ["set", "lm-studio", .. plan]);
        return new Contender(Contender.Router, url, new ServerProcess(process), data);
    }
}
