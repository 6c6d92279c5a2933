using System.Text.Json.Nodes;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard.Live;

/// <summary>Each filter of a list leaves out what it is not true of, and a form shows again what was asked.</summary>
public sealed class LiveFilterTests
{
    [Fact]
    public async Task Each_filter_counts_and_its_form_shows_it()
    {
        await using var setup = await Setup.StartAsync();
        var id = await setup.SendToAsync("echo", "fake-small");
        await setup.Log.WaitForAsync("request_id = $value AND status_code = 200", id);

        foreach (var filter in new[] { "model=fake-small", "outcome=ok", "endpoint=chat/completions", "since=1h", "slower-than=0ms", "min-tokens=0", "replays=none", "provider=ECHO" })
        {
            Assert.Equal((filter, 1), (filter, await CountAsync(setup, filter)));
        }

        foreach (var filter in new[] { "model=other", "outcome=failed", "outcome=open", "endpoint=embeddings", "until=1h", "slower-than=9h", "min-tokens=1000000", "replays=only", "key=nobody", "provider=gone" })
        {
            Assert.Equal((filter, 0), (filter, await CountAsync(setup, filter)));
        }

        await setup.SendToAsync("lm-studio", "429");
        await Eventually.IsAsync("the one that failed is found", async () => await CountAsync(setup, "outcome=failed") == 1);

        var browser = new UiBrowser(setup.Router);
        Assert.Matches("<option value=\"failed\" selected[^>]*>all that failed<", await browser.PageAsync("ui/live?outcome=failed"));
        Assert.Matches("<option value=\"gone\" selected", await browser.PageAsync("ui/live?provider=gone"));
        Assert.DoesNotMatch("<details class=\"more\" open", await browser.PageAsync("ui/live?provider=gone"));
        Assert.Matches("<details class=\"more\" open", await browser.PageAsync("ui/live?endpoint=chat/completions"));
        Assert.Matches("<details class=\"more\" open", await browser.PageAsync("ui/live?replays=only"));
    }

    [Fact]
    public async Task A_feed_says_when_to_come_again_and_is_collected_by_nobody()
    {
        await using var setup = await Setup.StartAsync();
        using var wire = await WireClient.ConnectAsync(setup.Router.Url);
        await wire.SendAsync("GET /ui/live/events HTTP/1.1\r\nhost: localhost\r\n\r\n");
        var answer = (await wire.ReadUntilAsync(one => one.Body.Contains("event: reset", StringComparison.Ordinal)))!;

        Assert.Contains("retry: 1000", answer.Body, StringComparison.Ordinal);
        Assert.Equal("no", answer.Headers["x-accel-buffering"]);
    }

    private static async Task<int> CountAsync(Setup setup, string filter) =>
        JsonNode.Parse(await setup.Client.GetStringAsync($"ui/live/rows?before=999999&{filter}"))!["rows"]!.AsArray().Count;
}
