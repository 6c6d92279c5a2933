using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Dashboard.Live;

/// <summary>Words that take long to look for.</summary>
public sealed class LiveSearchTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task It_is_stopped_says_how_far_it_came_goes_on_there_and_holds_up_nobody()
    {
        (await setup.Cli.RunAsync("config", "set", "audit.searchIndex", "off")).Exits(0);
        using (var log = new PastLog(setup.Folder))
        {
            var text = string.Join(' ', Enumerable.Range(0, 30_000));
            for (var i = 0; i < 12_000; i++)
            {
                log.Add(TimeSpan.FromMinutes(1), $$"""{"prompt":"{{i}} {{text}}"}""", "answer");
                if (i % 100 == 0)
                {
                    log.Write();
                }
            }
        }

        var page = await setup.Client.GetStringAsync("ui/live?search=nowhere");
        Assert.Contains("It was looked for 2 s, and not everywhere", page, StringComparison.Ordinal);
        Assert.Contains("None was found yet.", page, StringComparison.Ordinal);
        Assert.Contains("before=", page, StringComparison.Ordinal);

        using var searching = await LiveClient.OpenAsync(setup.Router, "?search=nowhere");
        using var live = await LiveClient.OpenAsync(setup.Router);
        await live.UntilAsync(() => live.Resets == 1);
        var before = live.Rows.Keys.Max() + 1;
        var rows = JsonNode.Parse(await setup.Client.GetStringAsync($"ui/live/rows?search=nowhere&before={before}"))!;
        Assert.True((bool)rows["more"]!);
        Assert.Equal(10, (int)rows["stopped"]!["seconds"]!);
        Assert.InRange((long)rows["stopped"]!["before"]!, 1, before - 1);
        Assert.NotNull(rows["stopped"]!["time"]);

        await searching.UntilAsync(() => searching.Resets == 1);
        Assert.Empty(searching.Rows);
        await setup.SendToAsync("lm-studio", "plain", say: "is it nowhere at all");
        await searching.UntilAsync(() => searching.Rows.Values.Any(row => row["outcome"] is not null));
        Assert.Equal("is it nowhere at all", (string?)Assert.Single(searching.Rows.Values)["prompt"]);
        await live.UntilAsync(() => live.Rows.Values.Any(row => (string?)row["model"] == "plain" && row["outcome"] is not null));
    }
}
