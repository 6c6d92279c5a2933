using ProviderRouter.Tests.Dashboard.Data;
using ProviderRouter.Tests.Dashboard.Hostile;

[assembly: AssemblyFixture(typeof(HostileRouter))]

namespace ProviderRouter.Tests.Dashboard.Hostile;

/// <summary>A router whose log and providers say all that strangers can say. Started by the first test that asks.</summary>
public sealed class HostileRouter : IAsyncDisposable
{
    private readonly Lazy<Task<HostileSetup>> made = new(MakeAsync);

    internal Task<HostileSetup> Made => made.Value;

    private static async Task<HostileSetup> MakeAsync()
    {
        var setup = await Setup.StartAsync();
        var exchanges = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        using (var log = new WrittenLog(setup.Folder))
        {
            foreach (var payload in Payloads.All.Values)
            {
                exchanges[payload.Name] = log.Write([HostileLog.Talk(payload), HostileLog.Failure(payload), HostileLog.Page(payload)]);
            }
        }

        const string Script = "<script>__pwned('note')</script>";
        string[][] commands =
        [
            [
                "provider", "add", "hostile", "--base-url", setup.Proxy.BaseUrl, "--no-key", "--note", Script + " \"'><img src=x onerror=__pwned(1)>", "--header", "x-title: " + Script,
                "--alias", "<svg/onload=__pwned('alias')>=\"><script>__pwned('alias')</script>", "--model", "'\"><script>__pwned('model')</script>", "--query", "a=<script>__pwned('query')</script>",
            ],
        ];
        foreach (var command in commands)
        {
            (await setup.Cli.RunAsync(command)).Exits(0);
        }

        return new HostileSetup(setup, exchanges);
    }

    public async ValueTask DisposeAsync()
    {
        if (made.IsValueCreated)
        {
            await (await made.Value).Setup.DisposeAsync();
        }
    }
}

/// <summary>The router, and the ids of each payload's exchanges.</summary>
internal sealed record HostileSetup(Setup Setup, IReadOnlyDictionary<string, IReadOnlyList<string>> Exchanges)
{
    public Uri Url => Setup.Router.Url;
}
