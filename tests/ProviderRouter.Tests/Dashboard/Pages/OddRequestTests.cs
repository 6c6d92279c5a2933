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
