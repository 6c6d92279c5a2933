using Microsoft.Playwright;
using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Tests.Dashboard.Live;

/// <summary>The live page in a browser.</summary>
public sealed class LivePageTests(BrowserRun browser) : BrowserTest(browser), IAsyncLifetime
{
    private const string Rows = ".live-rows [role=row]";

    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await setup.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_is_seen_as_it_comes_goes_on_and_ends()
    {
        var tab = await OpenAsync(setup.Router.Url, "/ui/live");
        await tab.Page.GetByRole(AriaRole.Status).GetByText("Live", new() { Exact = true }).WaitForAsync();
        using var slow = await setup.ChatAsync("stall", stream: true);
        var id = slow.Headers.GetValues("x-router-request-id").Single();
        var row = tab.Page.Locator(Rows, new() { HasText = "stall" });
        await row.GetByText("streaming").WaitForAsync();
        await row.GetByText("events").WaitForAsync();
        Assert.Equal("2", await row.GetAttributeAsync("aria-rowindex"));
        slow.Dispose();
        await row.GetByText("client left").WaitForAsync();
        Assert.Equal($"/ui/exchanges/{id}", await row.GetByRole(AriaRole.Link).GetAttributeAsync("href"));
    }

    [Fact]
    public async Task Paused_nothing_moves_and_what_came_is_counted()
    {
        await setup.SendToAsync("lm-studio", "first");
        var tab = await OpenAsync(setup.Router.Url, "/ui/live");
        await tab.Page.Locator(Rows, new() { HasText = "first" }).WaitForAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Status).GetByText("Paused").WaitForAsync();
        await setup.SendToAsync("lm-studio", "second");
        await setup.SendToAsync("lm-studio", "third");
        await tab.Page.GetByText("2 new", new() { Exact = true }).WaitForAsync();
        // A screen reader would say each change of the name of what has the focus.
        var resume = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true });
        Assert.Equal(0, await tab.Page.Locator(Rows, new() { HasText = "third" }).CountAsync());
        await resume.ClickAsync();
        await tab.Page.Locator(Rows, new() { HasText = "third" }).WaitForAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).WaitForAsync();
    }

    [Fact]
    public async Task Filters_have_an_address_and_wrong_ones_are_explained()
    {
        await setup.SendToAsync("lm-studio", "wanted-model");
        await setup.SendToAsync("lm-studio", "another");
        var tab = await OpenAsync(setup.Router.Url, "/ui/live");
        await tab.Page.GetByLabel("Model", new() { Exact = true }).FillAsync("wanted*");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.ArriveAsync(@"/ui/live\?.*model=wanted.*");
        await tab.Page.Locator(Rows, new() { HasText = "wanted-model" }).WaitForAsync();
        await setup.SendToAsync("lm-studio", "another");
        await setup.SendToAsync("lm-studio", "wanted-too");
        await tab.Page.Locator(Rows, new() { HasText = "wanted-too" }).WaitForAsync();
        Assert.Equal(2, await tab.Page.Locator(Rows).CountAsync());
        await tab.GoAsync("/ui/live?status=99&since=soon&model=kept", status: 400);
        Assert.Equal(2, await tab.Page.Locator(".problem:visible").CountAsync());
        Assert.Equal("kept", await tab.Page.GetByLabel("Model", new() { Exact = true }).InputValueAsync());
    }

    [Fact]
    public async Task What_strangers_wrote_is_text()
    {
        const string hostile = "<img src=x onerror=__pwned('model')><script>__pwned('script')</script>";
        await setup.SendToAsync("lm-studio", hostile.Replace("'", "\\u0027", StringComparison.Ordinal));
        await setup.PostAsync("v1/%3Cscript%3E__pwned(1)%3C/script%3E", "{}");
        var tab = await OpenAsync(setup.Router.Url, "/ui/live");
        await tab.Page.Locator(Rows, new() { HasText = hostile }).WaitForAsync();
        await tab.Page.Locator(Rows, new() { HasText = "<script>__pwned(1)" }).WaitForAsync();
        tab.HasNoIncidents();
    }

    [Fact]
    public async Task Of_ten_thousand_rows_few_are_made_and_they_stay_where_they_are_looked_at()
    {
        using (var log = new PastLog(setup.Folder))
        {
            for (var i = 0; i < 10_000; i++)
            {
                log.Add(TimeSpan.FromMinutes(5), "question", "answer");
            }
        }

        var tab = await OpenAsync(setup.Router.Url, "/ui/live");
        await tab.Page.Locator(Rows).First.WaitForAsync();
        await Eventually.IsAsync("all rows are there", async () =>
        {
            await tab.Page.EvaluateAsync("() => { const list = document.querySelector('.live-list'); list.scrollTop = list.scrollHeight; }");
            return (await tab.Page.Locator(".live-end").TextContentAsync())!.Contains("no older", StringComparison.Ordinal);
        });
        Assert.True(int.Parse((await tab.Page.Locator(".live-list [role=table]").GetAttributeAsync("aria-rowcount"))!, System.Globalization.CultureInfo.InvariantCulture) > 10_000);

        var frames = await tab.Page.EvaluateAsync<double[]>("""
            async () => {
              const list = document.querySelector('.live-list');
              const frames = [];
              let last = performance.now();
              list.scrollTop = 0;
              for (let i = 0; i < 200; i++) {
                list.scrollTop += 700;
                await new Promise(requestAnimationFrame);
                const now = performance.now();
                frames.push(now - last);
                last = now;
              }
              return frames;
            }
            """);
        var sorted = frames.Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"frames: median {sorted[100]:0.0} ms, p95 {sorted[190]:0.0} ms, longest {sorted[^1]:0.0} ms");
        Assert.Equal(200, sorted.Count);
        Assert.True(await tab.Page.Locator(Rows).CountAsync() < 60);

        var (seen, height) = (await SeenAsync(tab), await HeightAsync(tab));
        await setup.SendToAsync("lm-studio", "new-above");
        await Eventually.IsAsync("the new row is above", async () => await HeightAsync(tab) > height);
        Assert.Equal(seen, await SeenAsync(tab));
    }

    [Fact]
    public async Task It_goes_on_after_the_server_was_killed_and_nothing_is_there_twice()
    {
        using var folder = new TestFolder();
        await using var one = new RestartedRouter(folder, setup.Studio.BaseUrl);
        await one.StartAsync();
        await one.ChatAsync("before");
        var tab = await OpenAsync(one.Url, "/ui/live");
        tab.Expect("ERR_");
        await tab.Page.Locator(Rows, new() { HasText = "before" }).WaitForAsync();
        await one.KillAsync();
        await tab.Page.GetByRole(AriaRole.Status).GetByText("Reconnecting").WaitForAsync();
        await one.StartAsync();
        await one.ChatAsync("after");
        await tab.Page.GetByRole(AriaRole.Status).GetByText("Live", new() { Exact = true }).WaitForAsync();
        await tab.Page.Locator(Rows, new() { HasText = "after" }).WaitForAsync();
        Assert.Equal(1, await tab.Page.Locator(Rows, new() { HasText = "before" }).CountAsync());
        Assert.Equal(1, await tab.Page.Locator(Rows, new() { HasText = "after" }).CountAsync());
        await tab.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_that_died_in_a_sleep_is_made_anew_and_goes_on_where_it_was()
    {
        await setup.SendToAsync("lm-studio", "before", say: "A prompt of \u202Emine");
        var tab = await OpenAsync(setup.Router.Url, "/ui/live");
        await tab.Page.Locator(Rows, new() { HasText = "A prompt of U+202E mine" }).WaitForAsync();
        await setup.SendToAsync("lm-studio", "between");
        await tab.Page.Locator(Rows, new() { HasText = "between" }).GetByText("answered").WaitForAsync();
        var asked = tab.Page.WaitForRequestAsync("**/ui/live/events?place=*");
        await tab.Page.EvaluateAsync("() => { const real = Date.now; Date.now = () => real() + 60_000; document.dispatchEvent(new Event('visibilitychange')); }");
        await asked;
        await setup.SendToAsync("lm-studio", "after");
        await tab.Page.Locator(Rows, new() { HasText = "after" }).WaitForAsync();
        foreach (var model in new[] { "before", "between", "after" })
        {
            Assert.Equal(1, await tab.Page.Locator(Rows, new() { HasText = model }).CountAsync());
        }
    }

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, true)]
    [InlineData(2560, false)]
    public async Task It_is_for_everybody(int width, bool dark)
    {
        for (var i = 0; i < 30; i++)
        {
            await setup.SendToAsync("lm-studio", i % 5 == 0 ? "429" : "plain", stream: i % 2 == 0);
        }

        var look = new WindowLook(width, 900, dark);
        var tab = await OpenAsync(setup.Router.Url, "/ui/live?since=1h", look);
        await tab.Page.Locator(Rows).Nth(5).WaitForAsync();
        await Axe.HasNoFindingsAsync(tab.Page);
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await tab.KeepScreenshotAsync($"live-{width}-{look.Theme}");
        var first = tab.Page.Locator(Rows).First.GetByRole(AriaRole.Link);
        var target = await first.GetAttributeAsync("href");
        await tab.Page.Locator(".live-list").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(first).ToBeFocusedAsync();
        Assert.StartsWith("/ui/exchanges/", target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_script_the_newest_are_there_and_lead_to_older_ones()
    {
        using (var log = new PastLog(setup.Folder))
        {
            for (var i = 0; i < 150; i++)
            {
                log.Add(TimeSpan.FromMinutes(5), "question", "answer");
            }
        }

        var first = await setup.Client.GetStringAsync("ui/live?provider=echo");
        Assert.Equal(100, first.Split("/ui/exchanges/").Length - 1);
        var older = System.Net.WebUtility.HtmlDecode(first.Split("href=\"").Select(part => part.Split('"')[0]).Single(href => href.Contains("before=", StringComparison.Ordinal)));
        Assert.Contains("provider=echo", older, StringComparison.Ordinal);
        var second = await setup.Client.GetStringAsync(older);
        Assert.Equal(50, second.Split("/ui/exchanges/").Length - 1);
        Assert.DoesNotContain("live.js", second, StringComparison.Ordinal);
    }

    /// <summary>The row that is uppermost.</summary>
    // As it is painted: what came is put in its place with the next frame.
    private static Task<string> SeenAsync(Tab tab) => tab.Page.EvaluateAsync<string>("""
        async () => {
          for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
          const list = document.querySelector('.live-list');
          const top = list.getBoundingClientRect().top + 60;
          return [...document.querySelectorAll('.live-rows [role=row]')].find(row => row.getBoundingClientRect().bottom > top).querySelector('a').href;
        }
        """);

    private static Task<int> HeightAsync(Tab tab) => tab.Page.EvaluateAsync<int>("document.querySelector('.live-list').scrollHeight");
}
