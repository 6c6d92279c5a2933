using System.Diagnostics;
using System.Net;
using Microsoft.Playwright;
using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Tests.Dashboard.Live;

/// <summary>The page of searches.</summary>
public sealed class SearchPageTests(BrowserRun browser) : BrowserTest(browser), IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await setup.DisposeAsync();
    }

    [Theory]
    [InlineData(360, true)]
    [InlineData(1280, false)]
    [InlineData(2560, true)]
    public async Task Words_are_found_marked_and_lead_to_the_exchange(int width, bool dark)
    {
        var id = await setup.SendToAsync("lm-studio", "plain", say: "the server is out of memory, <b onclick=__pwned(1)>again</b>");
        await setup.SendToAsync("lm-studio", "plain", say: "memory is out of the question");
        var look = new WindowLook(width, 900, dark);
        var tab = await OpenAsync(setup.Router.Url, "/ui/search", look);
        await Axe.HasNoFindingsAsync(tab.Page);
        await tab.Page.GetByLabel("Words").FillAsync("\"out of memory\" aga*");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.ArriveAsync(@"/ui/search\?search=.*");

        await tab.Page.GetByRole(AriaRole.Heading, new() { Name = "1 hit, the newest first" }).WaitForAsync();
        Assert.Equal(["out of memory", "again"], await tab.Page.Locator("mark").AllTextContentsAsync());
        Assert.Contains("<b onclick=__pwned(1)>", await tab.Page.Locator(".excerpt").TextContentAsync(), StringComparison.Ordinal);
        Assert.StartsWith($"/ui/exchanges/{id}#:~:text=", await tab.Page.Locator(".hits a").GetAttributeAsync("href"), StringComparison.Ordinal);
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await Axe.HasNoFindingsAsync(tab.Page);
        await tab.KeepScreenshotAsync($"search-{width}-{look.Theme}");
    }

    [Fact]
    public async Task A_hit_tells_its_prompt_and_figures_and_leads_to_all_words()
    {
        await setup.SendToAsync("echo", "echo", say: "Lesson 13: what is the tide at noon, and why does the lighthouse keeper sleep?");
        var html = await setup.Client.GetStringAsync("ui/search?search=lighthouse+sleep");
        Assert.Contains("#:~:text=lighthouse&amp;text=sleep\"", html, StringComparison.Ordinal);
        Assert.Matches("[0-9]+ (ms|s) · [0-9]+ tokens in · [0-9]+ out", html);
        Assert.Contains("Prompt: Lesson 13: what is the tide", html, StringComparison.Ordinal);
        // What stands in the text that was found is not said twice, and no word is left out before it.
        html = await setup.Client.GetStringAsync("ui/search?search=tide&outcome=ok");
        Assert.DoesNotContain("Prompt: ", html, StringComparison.Ordinal);
        Assert.Contains("Lesson 13: what is the <mark>tide</mark>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "before=")]
    [InlineData("&order=ranked", "after=")]
    public async Task Hits_come_page_by_page_each_once(string order, string next)
    {
        using (var log = new PastLog(setup.Folder))
        {
            for (var i = 0; i < 55; i++)
            {
                log.Add(TimeSpan.FromMinutes(1), $$"""{"prompt":"needle {{i}}"}""", "answer");
            }
        }

        var (path, found) = ("ui/search?search=needle&provider=echo" + order, new List<string>());
        for (var pages = 0; path is not null; pages++)
        {
            Assert.True(pages < 4);
            var html = await setup.Client.GetStringAsync(path);
            found.AddRange(html.Split("/ui/exchanges/").Skip(1).Select(part => part.Split('#')[0]));
            path = html.Split("href=\"").Select(part => WebUtility.HtmlDecode(part.Split('"')[0])).FirstOrDefault(href => href.Contains(next, StringComparison.Ordinal));
        }

        Assert.Equal(55, found.Count);
        Assert.Equal(55, found.Distinct().Count());
    }

    [Fact]
    public async Task What_is_no_word_and_wrong_filters_are_explained_and_kept()
    {
        using var answer = await setup.Client.GetAsync("ui/search?search=...&status=1000&min-tokens=many&model=kept");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(3, html.Split("class=\"problem\"").Length - 1);
        Assert.Contains("value=\"kept\"", html, StringComparison.Ordinal);
        Assert.Contains("Nothing was found.", await setup.Client.GetStringAsync("ui/search?search=nowhere"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_index_it_says_what_that_means_and_finds_all()
    {
        (await setup.Cli.RunAsync("config", "set", "audit.searchIndex", "off")).Exits(0);
        await setup.SendToAsync("lm-studio", "plain", say: "a needle");
        var html = await setup.Client.GetStringAsync("ui/search?search=needle");
        Assert.Contains("audit.searchIndex", html, StringComparison.Ordinal);
        Assert.Contains("<mark>needle</mark>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leaves_takes_the_search_along_and_others_get_their_turn()
    {
        (await setup.Cli.RunAsync("config", "set", "audit.searchIndex", "off")).Exits(0);
        using (var log = new PastLog(setup.Folder))
        {
            var text = string.Join(' ', Enumerable.Range(0, 30_000));
            for (var i = 0; i < 4000; i++)
            {
                log.Add(TimeSpan.FromMinutes(1), $$"""{"prompt":"{{i}} {{text}}"}""", "answer");
            }
        }

        // Three that would take long each; two are at it, one waits.
        using var impatient = new CancellationTokenSource();
        var searches = Enumerable.Range(0, 3).Select(_ => setup.Client.GetAsync("ui/search?search=nowhere", impatient.Token)).ToList();
        using var live = await LiveClient.OpenAsync(setup.Router);
        await live.UntilAsync(() => live.Resets == 1);
        await setup.SendToAsync("lm-studio", "plain");
        await live.UntilAsync(() => live.Rows.Values.Any(row => (string?)row["model"] == "plain" && row["outcome"] is not null));
        Assert.All(searches, search => Assert.False(search.IsCompleted));
        await impatient.CancelAsync();
        var left = Stopwatch.GetTimestamp();
        Assert.Contains("Nothing was found", await setup.Client.GetStringAsync("ui/search?search=nowhere&since=1s&model=x"), StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(left) < TimeSpan.FromSeconds(10), "The searches went on though nobody waited for them.");
        Assert.DoesNotContain("xception", setup.Router.Errors, StringComparison.Ordinal);
    }
}
