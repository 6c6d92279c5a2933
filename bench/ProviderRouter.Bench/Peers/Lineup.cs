namespace ProviderRouter.Bench.Peers;

/// <summary>Starts those who are compared, all in front of one upstream.</summary>
internal sealed class Lineup : IAsyncDisposable
{
    private readonly List<Contender> all = [];

    /// <summary>In the order of the table's columns.</summary>
    public IReadOnlyList<Contender> All => all;

    /// <summary>Those that run as processes.</summary>
    public IEnumerable<Contender> Proxies => all.Where(contender => contender.Process is not null);

    public Contender Router => all.Single(contender => contender.Name == Contender.Router);

    public static async Task<Lineup> StartAsync(Programs programs, Uri upstream)
    {
        var lineup = new Lineup();
        try
        {
            lineup.all.Add(new Contender(Contender.Direct, upstream, process: null, folder: null));
            lineup.all.Add(NginxServer.Start(upstream));
            lineup.all.Add(await StartYarpAsync(programs, upstream));
            lineup.all.Add(await StartRouterAsync(programs, upstream));
            await NginxServer.AskUntilAnsweredAsync(lineup.all[1]);
            return lineup;
        }
        catch
        {
            await lineup.DisposeAsync();
            throw;
        }
    }

    private static async Task<Contender> StartYarpAsync(Programs programs, Uri upstream)
    {
        var (process, address) = await programs.StartServerAsync("bench/bare-proxy", [upstream.ToString()]);
        return new Contender(Contender.Yarp, new Uri(address), new ServerProcess(process), folder: null);
    }

    private static async Task<Contender> StartRouterAsync(Programs programs, Uri upstream)
    {
        var data = new TemporaryFolder();
        var upstreamUrl = new Uri(upstream, "v1").ToString();
        // What it takes to index words has its own line in QuestionsBench; here it would run in the others' rounds.
        await programs.RunCliAsync(data.Path, "config", "set", "audit.searchIndex", "off");
        var (process, url) = await programs.StartRouterAsync(data.Path, ("LM_STUDIO_BASE_URL", upstreamUrl));
        return new Contender(Contender.Router, url, new ServerProcess(process), data);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var contender in all)
        {
            await contender.DisposeAsync();
        }
    }
}
