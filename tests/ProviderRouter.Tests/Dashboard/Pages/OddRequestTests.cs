using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using ProviderRouter.Tests.Dashboard.Exchanges;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard.Pages;

/// <summary>Requests that no browser sends, and moments that nobody plans.</summary>
public sealed class OddRequestTests
{
    [Theory]
    [InlineData("application/x-www-form-urlencoded; =;")]
    [InlineData("application/x-www-form-urlencoded;;;")]
    [InlineData("application/x-www-form-urlencoded;charset=\"")]
    [InlineData("application/x-www-form-urlencoded;charset=utf-7")]
    public async Task A_form_of_a_type_that_cannot_be_read_is_refused_in_words(string type)
    {
        await using var setup = await Setup.StartAsync();
        var browser = new UiBrowser(setup.Router);
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes($"_token={await browser.TokenAsync()}&provider=echo"));
        content.Headers.TryAddWithoutValidation("content-type", type);
        using var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "ui/active") { Content = content }, ("origin", browser.Origin), ("sec-fetch-site", "same-origin"));

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("nothing was changed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("lm-studio", (string?)(await setup.Cli.RunAsync("status", "--json")).Json["activeProvider"]);
    }

    [Fact]
    public async Task The_overview_says_what_records_survive_as_it_is_set()
    {
        await using var setup = await Setup.StartAsync();
        var browser = new UiBrowser(setup.Router);
        var before = await browser.PageAsync("ui");
        (await setup.Cli.RunAsync("config", "set", "audit.durability", "process")).Exits(0);
        var after = await browser.PageAsync("ui");

        Assert.Contains("Each answer is on the disk before", before, StringComparison.Ordinal);
        Assert.DoesNotContain("Each answer is on the disk before", after, StringComparison.Ordinal);
        Assert.Contains("A power cut may take the last ones", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_gets_another_key_is_asked_anew()
    {
        await using var setup = await Setup.StartAsync(("ANOTHER_KEY", "sk-another-one"));
        var browser = new UiBrowser(setup.Router);
        await browser.PageAsync("ui/health/lm-studio");
        (await setup.Cli.RunAsync("provider", "edit", "lm-studio", "--key-env", "ANOTHER_KEY")).Exits(0);
        await browser.PageAsync("ui/health/lm-studio");

        Assert.Contains(setup.Studio.Requests, request => request.Headers.TryGetValue("authorization", out var key) && key.Contains("sk-another-one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tokens_that_are_more_than_can_be_counted_do_not_become_less_than_nothing()
    {
        await using var shown = new ShownLog();
        for (var count = 0; count < 3; count++)
        {
            shown.Add("/v1/chat/completions", """{"model":"m","messages":[]}""", "{}",
                answered: row => row with { Usage = row.Usage with { PromptTokens = long.MaxValue, CompletionTokens = long.MaxValue, CachedTokens = long.MaxValue } });
        }

        await shown.StartAsync();
        var stats = (await new Programs.Cli(shown.Folder).RunAsync("stats", "--json")).Exits(0).Json["overall"]!;
        Assert.Equal(
            (long.MaxValue, long.MaxValue, long.MaxValue), ((long)stats["promptTokens"]!, (long)stats["completionTokens"]!, (long)stats["cachedTokens"]!));
        Assert.DoesNotContain((await shown.PageAsync("")).QuerySelectorAll("td.n, [data-figure]"), cell => cell.TextContent.StartsWith('-'));
    }

    [Fact]
    public async Task A_chart_of_hours_has_all_requests_where_clocks_are_put_back_by_half_an_hour()
    {
        // 2026-04-04T15:00Z there: from 02:00 to 01:30.
        var change = new DateTimeOffset(2026, 4, 4, 15, 0, 0, TimeSpan.Zero);
        await using var shown = new ShownLog();
        foreach (var hours in Enumerable.Range(-6, 12))
        {
            shown.Add("/v1/chat/completions", """{"model":"m","messages":[]}""", "{}", asked: row => row with { At = change.AddHours(hours).AddMinutes(10) });
        }

        await shown.StartAsync(("TZ", "Australia/Lord_Howe"));
        var columns = JsonNode.Parse(await shown.Browser.PageAsync("ui/stats/series?by=hour&since=2026-04-04T00:00:00Z&until=2026-04-05T12:00:00Z"))!.AsArray();

        Assert.Equal(12, columns[1]!.AsArray().Sum(count => (long)count!));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("""{"upgrade":5,"content-type":{"a":[]},"accept":[1,null]}""")]
    public async Task Headers_that_no_router_wrote_do_no_harm(string headers)
    {
        await using var shown = new ShownLog();
        var id = shown.Add("/v1/chat/completions", """{"model":"m","messages":[{"role":"user","content":"the question"}]}""", "{}",
            asked: row => row with { Headers = new(Encoding.UTF8.GetBytes(headers), default) }, answered: row => row with { Headers = new(Encoding.UTF8.GetBytes(headers), default) });
        await shown.StartAsync();

        Assert.Contains("the question", await shown.Browser.PageAsync($"ui/exchanges/{id}"), StringComparison.Ordinal);
        Assert.Contains(id, await shown.Browser.PageAsync($"ui/compare?a={id}&b={id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_is_answered_as_its_page_is_without_the_page()
    {
        await using var shown = new ShownLog();
        var id = shown.Add("/v1/chat/completions", """{"model":"m","messages":[]}""", "{}");
        await shown.StartAsync();
        foreach (var path in new[] { "ui", "ui/live", "ui/live/rows?before=9", "ui/search?search=a", "ui/stats", "ui/providers", "ui/settings", $"ui/exchanges/{id}", $"ui/exchanges/{id}/raw/request", "ui/nothing" })
        {
            using var page = await shown.Browser.GetAsync(path);
            using var head = await shown.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

            Assert.Equal((page.StatusCode, page.Content.Headers.ContentType, page.Content.Headers.ContentLength is null), (head.StatusCode, head.Content.Headers.ContentType, head.Content.Headers.ContentLength is null));
            Assert.Equal("", await head.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Three_hundred_pages_at_once_let_requests_through()
    {
        await using var setup = await Setup.StartAsync();
        using (var large = await setup.ChatAsync("fake-small", say: string.Concat(Enumerable.Repeat("*word* `code` ", 70_000))))
        {
            await large.Content.ReadAsByteArrayAsync();
        }

        var pages = Enumerable.Range(0, 300).Select(number => Task.Run(async () =>
        {
            using var answer = await setup.Client.GetAsync((number % 3) switch { 0 => "ui", 1 => "ui/exchanges/last", _ => "ui/stats" });
            return ((int)answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length);
        })).ToList();
        var slowest = TimeSpan.Zero;
        var during = 0;
        for (var number = 0; number < 30; number++)
        {
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            using var answer = await setup.ChatAsync("fake-small");
            await answer.Content.ReadAsByteArrayAsync();
            var took = System.Diagnostics.Stopwatch.GetElapsedTime(started);
            slowest = took > slowest ? took : slowest;
            during += pages.TrueForAll(page => page.IsCompleted) ? 0 : 1;
            Assert.Equal(200, (int)answer.StatusCode);
        }

        Assert.All(await Task.WhenAll(pages), page => Assert.True(page is (200, > 1000), $"{page}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{during} of 30 requests while pages were made; the slowest took {slowest.TotalMilliseconds:0} ms.");
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Letters_that_hide_are_named_in_lists()
    {
        await using var shown = new ShownLog();
        shown.Add("/v1/chat/\u202Ecompletions", """{"model":"m","messages":[{"role":"user","content":"a ques\u202Etion"}]}""", "{}",
            asked: row => row with { Model = "gpt\u202E4", Provider = "a\u200Bb" }, answered: row => row with { Provider = "a\u200Bb", Error = "no\u202E" });
        await shown.StartAsync();
        foreach (var path in new[] { "", "/live", "/search?search=a", "/stats?by=model" })
        {
            var page = await shown.Browser.PageAsync($"ui{path}");
            Assert.DoesNotContain("\u202E", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
            Assert.Contains("U+202E", page, StringComparison.Ordinal);
        }
    }
}
