using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>The page of statistics counts what <c>provider-cli stats</c> counts.</summary>
public sealed class StatisticsTests : IAsyncLifetime
{
    private Setup setup = null!;
    private UiBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        setup = await Setup.StartAsync();
        browser = new UiBrowser(setup.Router);
        foreach (var (model, provider) in new[] { ("fake-small", "lm-studio"), ("fake-small", "lm-studio"), ("429", "lm-studio"), ("漢字<b>", "qwen-proxy"), ("x", "no-such-one") })
        {
            using var chat = await setup.ChatAsync(model, headers: ("x-router-provider", provider));
            _ = await chat.Content.ReadAsStringAsync();
        }
    }

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData("provider")]
    [InlineData("model")]
    [InlineData("endpoint")]
    [InlineData("status")]
    [InlineData("key")]
    [InlineData("hour")]
    [InlineData("day")]
    public async Task Groups_are_those_of_the_command(string by)
    {
        var groups = (await setup.Cli.RunAsync("stats", "--by", by, "--json")).Exits(0).Json["groups"]!.AsArray();
        var rows = RowsOf(await browser.PageAsync($"ui/stats?by={by}"));

        Assert.NotEmpty(groups);
        // Hours are told shorter than in JSON.
        Assert.Equal(
            groups.Select(group => (by == "hour" ? ((string)group!["key"]!)[..16].Replace('T', ' ') : (string?)group!["key"] ?? $"no {by}", $"{group["count"]}")).Order(),
            rows.Order());
    }

    [Fact]
    public async Task Filters_apply_and_a_wrong_one_says_so()
    {
        Assert.Equal([("lm-studio", "1")], RowsOf(await browser.PageAsync("ui/stats?outcome=upstream_error&status=429")));
        Assert.Contains("No request on record is of that kind.", await browser.PageAsync("ui/stats?provider=echo"), StringComparison.Ordinal);
        using var wrong = await browser.GetAsync("ui/stats?status=abc&since=never");
        var page = await wrong.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Contains("Nothing is counted until the filters are right.", page, StringComparison.Ordinal);
        Assert.Empty(RowsOf(page));
    }

    [Fact]
    public async Task What_a_week_cost_is_one_click_away()
    {
        var week = Regex.Match(await browser.PageAsync("ui/stats?by=model"), "href=\"/(?<link>ui/stats[^\"]*since=7d[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["link"].Value;
        var page = await browser.PageAsync(WebUtility.HtmlDecode(week));
        var took = (await setup.Cli.RunAsync("history", "--limit", "50", "--json")).Exits(0).Json.AsArray().Sum(request => (double)request!["durationMs"]!);

        Assert.Contains("by=model", week, StringComparison.Ordinal);
        Assert.Contains($"<b data-figure=\"time\">{Readable.ReadableDuration.From(took)}</b>", page, StringComparison.Ordinal);
        Assert.Contains("\"/ui/live?since=7d&amp;outcome=upstream_error\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("day", 5)]
    [InlineData("hour", 5)]
    public async Task A_day_and_an_hour_lead_to_their_requests(string by, int count)
    {
        var link = Regex.Match(await browser.PageAsync($"ui/stats?by={by}"), "<th scope=\"row\"><a href=\"/(?<link>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["link"].Value;

        Assert.Equal(count, await CountAsync(link));
    }

    [Theory]
    [InlineData("ui/stats?by=provider", "provider=lm-studio", 3, 1)]
    [InlineData("ui/stats?by=model&provider=lm-studio", "model=429", 1, 1)]
    [InlineData("ui/stats?by=model&outcome=rejected", "outcome=rejected", 1, 1)]
    [InlineData("ui?by=provider", "provider=lm-studio", 3, 1)]
    [InlineData("ui?by=model", "model=429", 1, 1)]
    public async Task What_failed_is_one_click_away(string path, string group, int all, int failed)
    {
        var page = await browser.PageAsync(path);
        var row = Regex.Match(page, $"<th scope=\"row\"><a href=\"/(?<all>[^\"]*{group}[^\"]*)\".*?<a href=\"/(?<failed>[^\"]*)\"", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var tile = Regex.Match(page, "<a href=\"/(?<link>[^\"]*)\" aria-label=\"(?<count>\\d+) errors: see them\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

        Assert.Equal(all, await CountAsync(row.Groups["all"].Value));
        Assert.Equal(failed, await CountAsync(row.Groups["failed"].Value));
        Assert.Equal(int.Parse(tile.Groups["count"].Value, CultureInfo.InvariantCulture), await CountAsync(tile.Groups["link"].Value));
    }

    private async Task<int> CountAsync(string link) =>
        Regex.Count(await browser.PageAsync(WebUtility.HtmlDecode(link)), "<th scope=\"row\"><a href=\"/ui/exchanges/", RegexOptions.None, TimeSpan.FromSeconds(1));

    [Fact]
    public async Task A_chart_of_hours_has_all_requests()
    {
        using var answer = await browser.GetAsync("ui/stats/series?by=hour&provider=lm-studio");
        var columns = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();

        Assert.Equal(3, columns[1]!.AsArray().Sum(count => (long)count!));
        Assert.Equal(1, columns[2]!.AsArray().Sum(count => (long)count!));
    }

    [Theory]
    [InlineData("until=0001-01-01")]
    [InlineData("until=9999-12-31T23:59:59Z")]
    [InlineData("since=0001-01-01&until=9999-12-31T23:59:59Z&by=hour")]
    public async Task A_chart_begins_and_ends_wherever_one_likes(string query)
    {
        var columns = JsonNode.Parse(await browser.PageAsync($"ui/stats/series?{query}"))!.AsArray();

        Assert.InRange(columns[0]!.AsArray().Count, 0, 5100);
    }

    private static IEnumerable<(string Name, string Count)> RowsOf(string page) =>
        Regex.Matches(page, "<th scope=\"row\">(<a [^>]*>)?(?<name>[^<]*)(</a>)?\\s*<svg.*?<td class=\"n\">(?<count>[^<]*)</td>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => (WebUtility.HtmlDecode(match.Groups["name"].Value).Trim(), match.Groups["count"].Value));
}
