using Microsoft.Playwright;
using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Tests.Dashboard.Live;

/// <summary>The log cannot be written: who looks is told so, and what is not on record is not shown as if it were.</summary>
public sealed class LiveLogTests(BrowserRun browser) : BrowserTest(browser)
{
    [Theory]
    [InlineData("continue", "kept aside")]
    [InlineData("refuse", "refused")]
    public async Task While_the_database_is_locked_the_feed_says_why_and_how_much_waits(string onFailure, string words)
    {
        await using var one = await OneRouter.StartAsync(settings: ("audit.onFailure", onFailure));
        using var live = await LiveClient.OpenAsync(one.Router);
        await live.UntilAsync(() => live.Logs.Count == 1);
        Assert.Null(live.Logs[0]["problem"]);
        using (new LockedDatabase(one.Folder))
        {
            using var client = await WireClient.ConnectAsync(one.Router.Url);
            await client.PostAsync("/v1/chat/completions", """{"model":"locked","messages":[{"role":"user","content":"Hello"}]}""");
            await client.ReadUntilAsync(answer => answer.IsWhole);
            var waits = onFailure == "refuse" ? "turned away" : "in the spool";
            await live.UntilAsync(() => ((string?)live.Logs[^1]["waiting"])?.Contains(waits, StringComparison.Ordinal) == true);
            Assert.Contains(words, (string)live.Logs[^1]["problem"]!, StringComparison.Ordinal);
            Assert.Empty(live.Rows);
        }

        await live.UntilAsync(() => live.Logs[^1]["problem"] is null);
        await live.UntilAsync(() => onFailure == "refuse" || live.Rows.Values.Any(row => (string?)row["model"] == "locked" && row["outcome"] is not null));
    }

    [Fact]
    public async Task The_pages_say_so_and_that_it_is_over()
    {
        await using var one = await OneRouter.StartAsync();
        var live = await OpenAsync(one.Router.Url, "/ui/live");
        var overview = await OpenAsync(one.Router.Url, "/ui");
        await live.Page.GetByText("Live", new() { Exact = true }).Last.WaitForAsync();
        using (new LockedDatabase(one.Folder))
        {
            using var client = await WireClient.ConnectAsync(one.Router.Url);
            await client.PostAsync("/v1/chat/completions", """{"model":"stall","stream":true,"messages":[{"role":"user","content":"Hello"}]}""");
            await live.Page.Locator("#live-log").GetByText("The database cannot be written.").WaitForAsync();
            await live.Page.Locator("#live-log").GetByText("1 request is in hand").WaitForAsync();
            await live.Page.Locator("#live-log li").GetByText("lm-studio").WaitForAsync();
            await overview.Page.Locator("#log").GetByText("kept aside").WaitForAsync();
            await Axe.HasNoFindingsAsync(live.Page);
            await live.KeepScreenshotAsync("live-spooling");
            await overview.KeepScreenshotAsync("overview-spooling");
        }

        await live.Page.Locator("#live-log").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await live.Page.Locator(".live-rows [role=row]", new() { HasText = "stall" }).WaitForAsync();
        await overview.Page.Locator("#log").GetByText("durable", new() { Exact = true }).WaitForAsync();
        await live.DisposeAsync();
        await overview.DisposeAsync();
    }
}
