using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProviderRouter.Tests.Dashboard.Browser;
using ProviderRouter.Tests.Dashboard.Data;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>Hours and days are those of the server's clock, wherever the browser is, and also where clocks are put forward or back.</summary>
public sealed class ClockTests(BrowserRun browser) : BrowserTest(browser)
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T21:10Z")]
    [InlineData("Europe/Berlin", "2026-10-24T20:10Z")]
    [InlineData("America/New_York", "2025-11-02T02:10Z")]
    [InlineData("America/Havana", "2025-11-02T02:10Z")]
    [InlineData("America/Santiago", "2025-09-07T02:10Z")]
    [InlineData("Africa/Casablanca", "2026-02-14T23:10Z")]
    [InlineData("Pacific/Chatham", "2026-04-04T10:10Z")]
    [InlineData("Australia/Lord_Howe", "2025-10-04T11:10Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T11:10Z")]
    public async Task A_chart_has_what_the_command_counts(string zone, string since)
    {
        await using var setup = await StartAsync(zone, Quarters(since, hours: 12));
        var ui = new UiBrowser(setup.Router);

        foreach (var by in new[] { "hour", "day" })
        {
            var groups = (await new Programs.Cli(setup.Folder, ("TZ", zone)).RunAsync("stats", "--by", by, "--json")).Exits(0).Json["groups"]!.AsArray();
            var told = groups.Select(group => ((string)group!["key"]!, (long)group["count"]!)).ToList();
            var series = JsonNode.Parse(await ui.PageAsync($"ui/stats/series?by={by}&until={Moment(since).AddDays(3):yyyy-MM-ddTHH:mm}Z"))!.AsArray();

            Assert.Equal(48, told.Sum(group => group.Item2));
            Assert.Equal(told.Select(group => (by == "hour" ? group.Item1 : group.Item1 + "T00", group.Item2)), Points(series, by));
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "America/New_York", "2026-10-24T22:10Z", "2026-10-25 02:00 +02:00", "2026-10-25 02:00 +01:00")]
    [InlineData("Pacific/Chatham", "UTC", "2026-04-04T11:20Z", "2026-04-05 02:00 +13:45", "2026-04-05 03:00 +13:45", "2026-04-05 02:00 +12:45", "2026-04-05 03:00 +12:45")]
    [InlineData("UTC", "Europe/Berlin", "2026-03-28T23:10Z", "2026-03-29 01:00", "2026-03-29 02:00")]
    [InlineData("America/New_York", "Asia/Kolkata", "2025-11-02T03:10Z", "2025-11-02 01:00 -04:00", "2025-11-02 01:00 -05:00")]
    [InlineData("Asia/Kolkata", "Pacific/Chatham", "2026-04-04T12:10Z", "2026-04-04 19:00", "2026-04-04 20:00")]
    public async Task A_chart_tells_hours_as_the_table_does(string zone, string browserZone, string since, params string[] among)
    {
        await using var setup = await StartAsync(zone, Quarters(since, hours: 5));
        var path = $"/ui/stats?by=hour&since={since}&until={Moment(since).AddMinutes(286):yyyy-MM-ddTHH:mm}Z";
        await using var tab = await OpenAsync(setup.Router.Url, path, new WindowLook(Zone: browserZone));
        var rows = (await tab.Page.Locator("table.data tbody th").AllInnerTextsAsync()).Select(name => name.Trim()).ToList();

        var over = tab.Page.Locator("[data-chart=requests] .u-over");
        await tab.SettledAsync();
        await over.EvaluateAsync("chart => chart.scrollIntoView({ block: 'center', behavior: 'instant' })");
        var box = (await over.BoundingBoxAsync())!;
        var told = new List<string>();
        for (var x = box.X + 1; x < box.X + box.Width; x += 8)
        {
            await tab.Page.Mouse.MoveAsync(x, box.Y + (box.Height / 2));
            told.Add((await tab.Page.InnerTextAsync("[data-chart=requests] .u-legend tr:first-child .u-value")).Trim());
        }

        Assert.Subset(rows.ToHashSet(StringComparer.Ordinal), among.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(rows.AsEnumerable().Reverse(), told.Distinct());
    }

    [Fact]
    public async Task Live_tells_moments_of_summer_and_winter_as_the_page_without_script_does()
    {
        await using var setup = await StartAsync("Europe/Berlin", Enumerable.Range(0, 12).Select(month => TimeProvider.System.GetUtcNow().AddDays(-30 * month)));
        var page = await new UiBrowser(setup.Router).PageAsync("ui/live");
        var told = Regex.Matches(page, "<time [^>]*>(?<text>[^<]*)</time>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["text"].Value).ToList();

        await using var tab = await OpenAsync(setup.Router.Url, "/ui/live", new WindowLook(Zone: "Pacific/Chatham"));
        await tab.Page.WaitForSelectorAsync(".live-rows [role=row]:nth-child(12)");

        Assert.Equal(12, told.Count);
        Assert.Equal(told, await tab.Page.Locator(".live-rows a").AllInnerTextsAsync());
    }

    private static async Task<Setup> StartAsync(string zone, IEnumerable<DateTimeOffset> moments)
    {
        var setup = await Setup.StartAsync(("TZ", zone));
        var now = TimeProvider.System.GetUtcNow();
        using var log = new WrittenLog(setup.Folder);
        log.Write([.. moments.Select(moment => new PastExchange(ChatJson.Request("m", ChatJson.Says("user", "Hello")), ChatJson.Answer("m", "Hi")) { Age = now - moment })]);
        return setup;
    }

    private static IEnumerable<DateTimeOffset> Quarters(string since, int hours) => Enumerable.Range(0, hours * 4).Select(quarter => Moment(since).AddMinutes(15 * quarter));

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The points at which something came, as their groups are called.</summary>
    private static IEnumerable<(string Key, long Count)> Points(JsonArray series, string by)
    {
        for (var at = 0; at < series[0]!.AsArray().Count; at++)
        {
            var ahead = TimeSpan.FromMinutes((int)series[5]![at]!);
            var begin = DateTimeOffset.FromUnixTimeSeconds((long)series[0]![at]!).ToOffset(ahead);
            if ((long)series[1]![at]! is > 0 and var count)
            {
                yield return (by == "hour" ? $"{begin:yyyy-MM-ddTHH}:00:00{begin:zzz}" : $"{begin:yyyy-MM-dd}T00", count);
            }
        }
    }
}
