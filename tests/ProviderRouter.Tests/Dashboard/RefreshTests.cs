using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>An overview that is left open stays true, and gets in nobody's way.</summary>
public sealed class RefreshTests(BrowserRun browser) : BrowserTest(browser)
{
    private const string Table = "#recent .scroll";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_table_stays_where_somebody_scrolled_it_and_goes_on(bool isFocused)
    {
        await using var setup = await Setup.StartAsync();
        await setup.SendToAsync("lm-studio", "fake-small", stream: false, say: "Hello");
        await using var tab = await OpenAsync(setup.Router.Url, "/ui", new WindowLook(360, 740));
        await tab.Page.EvalOnSelectorAsync(Table, "(region, focus) => { region.scrollLeft = 120; if (focus) region.focus(); }", isFocused);

        await setup.SendToAsync("lm-studio", "tools", stream: false, say: "Hello");
        await Eventually.IsAsync("the new request is there", async () =>
        {
            await RefreshAsync(tab);
            return (await tab.Page.InnerTextAsync(Table)).Contains("tools", StringComparison.Ordinal);
        });

        Assert.Equal(120, await tab.Page.EvalOnSelectorAsync<int>(Table, "region => region.scrollLeft"));
        Assert.Equal(isFocused, await tab.Page.EvalOnSelectorAsync<bool>(Table, "region => region === document.activeElement"));
    }

    [Fact]
    public async Task What_a_provider_said_stands_until_it_answers_again()
    {
        await using var setup = await Setup.StartAsync();
        await setup.SendToAsync("lm-studio", "429", stream: false, say: "Hello");
        await using var tab = await OpenAsync(setup.Router.Url, "/ui");
        await tab.Page.WaitForSelectorAsync("#plan .badge.good");

        await tab.Page.RouteAsync("**/ui/health/*", _ => { });

        Assert.StartsWith("answers", await RefreshAsync(tab), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_may_be_old_says_so()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url, "/ui");
        await tab.SettledAsync();
        tab.Expect("net::ERR_INTERNET_DISCONNECTED");
        var doubt = tab.Page.Locator("main > .notice");

        await tab.Page.Context.SetOfflineAsync(true);
        await doubt.WaitForAsync();
        var said = await doubt.InnerTextAsync();
        await tab.Page.Context.SetOfflineAsync(false);
        await doubt.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });

        Assert.Equal("The router does not answer. What this page says may be old.", said);
    }

    [Fact]
    public async Task What_says_the_same_stays_for_who_reads_it_by_ear()
    {
        await using var setup = await Setup.StartAsync();
        await setup.SendToAsync("lm-studio", "fake-small", stream: false, say: "Hello");
        await using var tab = await OpenAsync(setup.Router.Url, "/ui");
        await RefreshAsync(tab);
        await tab.Page.EvalOnSelectorAsync("#recent", "part => { part.dataset.read = 'true'; }");

        await RefreshAsync(tab);
        Assert.Equal(1, await tab.Page.Locator("#recent[data-read]").CountAsync());

        await setup.SendToAsync("lm-studio", "tools", stream: false, say: "Hello");
        await Eventually.IsAsync("the new request is there", async () =>
        {
            await RefreshAsync(tab);
            return (await tab.Page.InnerTextAsync("#recent")).Contains("tools", StringComparison.Ordinal);
        });
    }

    /// <summary>Asks for a refresh now, and answers what the active provider's badge says at once.</summary>
    private static Task<string> RefreshAsync(Tab tab) => tab.Page.EvaluateAsync<string>("""
        () => new Promise(done => {
          document.addEventListener('refreshed', () => done(document.querySelector('#plan .badge').textContent), { once: true });
          document.dispatchEvent(new Event('visibilitychange'));
        })
        """);
}
