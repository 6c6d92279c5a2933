namespace ProviderRouter.Bench.Peers;

/// <summary>The router beside nginx, a bare YARP proxy and no proxy at all, in rounds that take turns.</summary>
internal static class PeersBench
{
    private const int RoundCount = 5;
    private const int RateRequests = 500;

    public static async Task RunAsync(Programs programs)
    {
        await using var upstream = await PacedUpstream.StartAsync();
        await using var lineup = await Lineup.StartAsync(programs, upstream.Url);
        var (chats, manyChats, streams, median, p99, memory) = (new Rounds(), new Rounds(), new Rounds(), new Rounds(), new Rounds(), new Rounds());
        var (chatCosts, streamCosts) = (new List<Cost>(), new List<Cost>());

        foreach (var contender in lineup.All)
        {
            await (Load.Chats with { Requests = 2_000 }).RunAsync(contender);
            await (Load.Streams with { Requests = 40 }).RunAsync(contender);
        }

        for (var round = 0; round < RoundCount; round++)
        {
            await Console.Error.WriteLineAsync($"peers: round {round + 1} of {RoundCount}");
            foreach (var contender in InTurn(lineup.Proxies, round))
            {
                await CostAsync(Load.Chats, contender, chats, chatCosts);
            }

            foreach (var contender in InTurn(lineup.Proxies, round))
            {
                await CostAsync(Load.ManyChats, contender, manyChats, chatCosts);
            }

            foreach (var contender in InTurn(lineup.Proxies, round))
            {
                await CostAsync(Load.Streams, contender, streams, streamCosts);
            }

            foreach (var contender in InTurn(lineup.All, round))
            {
                var times = await SteadyRate.RunAsync(contender, RateRequests);
                median.Add(contender, Percentile.Median(times));
                p99.Add(contender, Percentile.Of(times, 0.99));
            }
        }

        foreach (var contender in lineup.Proxies)
        {
            memory.Add(contender, contender.Process!.PeakMemory);
        }

        chats.Report($"CPU a chat, {Load.Chats.Clients} clients", "µs", "router ≤ ×1.60");
        manyChats.Report($"CPU a chat, {Load.ManyChats.Clients} clients", "µs", "router ≤ ×1.60");
        streams.Report($"CPU a stream of {PacedUpstream.Chunks.Length} chunks, {Load.Streams.Clients} at a time", "µs", "router ≤ ×1.20");
        median.ReportAdded($"time to answer, {SteadyRate.PerSecond} chats a second: median", "ms", "router ≤ +0.50");
        p99.ReportAdded($"time to answer, {SteadyRate.PerSecond} chats a second: p99", "ms", "");
        memory.Report("peak memory (RSS)", "MB", "");
        await lineup.Router.Process!.StopAsync();
        RecordReport.Rows(lineup.Router);
        RecordReport.Bytes("a chat", Load.Chats, chatCosts);
        RecordReport.Bytes("a stream", Load.Streams, streamCosts);
    }

    private static async Task CostAsync(Load load, Contender contender, Rounds cpu, List<Cost> routerCosts)
    {
        var cost = await load.RunAsync(contender);
        cpu.Add(contender, cost.Cpu);
        if (contender.Name == Contender.Router)
        {
            routerCosts.Add(cost);
        }
    }

    /// <summary>Another one begins each round, so that none always follows the same neighbour's noise.</summary>
    private static IEnumerable<Contender> InTurn(IEnumerable<Contender> contenders, int round)
    {
        var all = contenders.ToArray();
        return all.Select((_, i) => all[(i + round) % all.Length]);
    }
}
