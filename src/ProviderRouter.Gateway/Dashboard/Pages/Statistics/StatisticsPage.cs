using System.Globalization;
using Microsoft.AspNetCore.Http;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Gateway.Dashboard.Figures;
using ProviderRouter.Gateway.Dashboard.Filters;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Statistics;

/// <summary><c>/ui/stats</c>: what <c>provider-cli stats</c> counts, with its filters and groupings.</summary>
internal sealed class StatisticsPage(SqliteDatabase database, LogReading reading, TimeProvider time)
{
    private const string Path = "/ui/stats";

    /// <summary>More groups than these are no table for people.</summary>
    private const int MostGroups = 750;

    private static readonly IReadOnlyList<(StatsGrouping Grouping, string Name)> Groupings =
    [
        (StatsGrouping.Provider, "provider"), (StatsGrouping.Model, "model"), (StatsGrouping.Endpoint, "endpoint"), (StatsGrouping.Status, "status"),
        (StatsGrouping.Key, "key"), (StatsGrouping.Hour, "hour"), (StatsGrouping.Day, "day"),
    ];

    private static readonly IReadOnlyList<(string Label, string Since)> Windows = [("24 h", "24h"), ("7 d", "7d"), ("30 d", "30d"), ("all", "")];

    /// <summary>The page.</summary>
    public async Task<UiAnswer> ShowAsync(UiRequest request)
    {
        var query = FilterQuery.Read(request.Context.Request.Query, database, time);
        var (grouping, name) = Groupings.FirstOrDefault(one => one.Name == request.Query("by"), Groupings[0]);
        var filter = query.Filter;
        var isWrong = query.Problems.Count > 0;
        // Figures of all would be taken for those that were asked for.
        var report = isWrong ? StatsReport.Empty : await reading.RunAsync(log => log.Stats(filter, grouping, time.LocalTimeZone), filter.Search is not null, request.Left);
        var isTime = grouping is StatsGrouping.Hour or StatsGrouping.Day;
        // Of moments, the latest say most; of all else, the largest.
        var groups = report.Groups.Count <= MostGroups ? report.Groups : isTime ? [.. report.Groups.TakeLast(MostGroups)] : [.. report.Groups.Take(MostGroups)];
        var span = SpanOf(report);
        var failed = query["outcome"] is { Length: > 0 } outcome ? outcome : ExchangeFilter.Failed;
        using var store = database.OpenProviders();
        return UiAnswer.Page(StatisticsSlice.Create(new(
            request.Frame("Statistics", Place.Statistics) with { HasCharts = isTime, Script = isTime ? "statistics.js" : null },
            new FilterForm(Path, query, [.. store.List().Select(provider => provider.Name)], IsSearch: false) { Kept = [("by", name)] },
            [.. Groupings.Select(one => new ChoiceLink($"by {one.Name}", $"{Path}{query.ToQuery(("by", one.Name))}", one.Grouping == grouping))],
            [.. Windows.Select(one => new ChoiceLink(one.Label, $"{Path}{query.ToQuery(("by", name), ("since", one.Since), ("until", ""))}", query["since"] == one.Since && query["until"].Length == 0))],
            report is { First: { } first, Last: { } last } ? Between(Local(first), Local(last)) : null,
            Figure.Of(report.Overall, span, $"/ui/live{query.ToQuery(("outcome", failed))}"),
            [.. report.Overall.Outcomes.Select(pair => CountOf(pair.Key, pair.Value, query))],
            new FiguresTable($"Figures by {name}", Heading(name), isTime ? [.. groups.Reverse()] : groups, group => LinkTo(group, name, query, query["outcome"]))
            {
                Failures = group => LinkTo(group, name, query, failed),
                Hours = grouping == StatsGrouping.Hour ? new(groups) : null,
                Unknown = $"no {name}",
            },
            report.Groups.Count - groups.Count,
            isTime ? Chart.Both($"{Path}/series{query.ToQuery(("by", name))}", "the table below has them", grouping) : [])),
            isWrong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    /// <summary>The points of the chart: hours or days in which something came.</summary>
    public async Task<UiAnswer> SeriesAsync(UiRequest request)
    {
        var query = FilterQuery.Read(request.Context.Request.Query, database, time);
        var step = request.Query("by") == "hour" ? StatsGrouping.Hour : StatsGrouping.Day;
        var filter = query.Filter;
        var report = await reading.RunAsync(log => log.Stats(filter, step, time.LocalTimeZone), filter.Search is not null, request.Left);
        return SeriesAnswer.Of(report, step, filter.Since ?? report.First ?? time.GetUtcNow(), filter.Until ?? time.GetUtcNow(), time.LocalTimeZone);
    }

    private static string Heading(string name) => name == "key" ? "Client's key" : string.Concat(name[..1].ToUpperInvariant(), name[1..]);

    private static string? LinkTo(StatsFigures group, string name, FilterQuery query, string outcome) => (group.Key, name) switch
    {
        (null or { Length: > FiguresTable.LongestLink }, _) => null,
        (var day, "day") => $"/ui/live{query.ToQuery(("outcome", outcome), ("since", day), ("until", $"{DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1):yyyy-MM-dd}"))}",
        (var hour, "hour") => $"/ui/live{query.ToQuery(("outcome", outcome), ("since", hour), ("until", $"{DateTimeOffset.Parse(hour, CultureInfo.InvariantCulture).AddHours(1):yyyy-MM-ddTHH:mm:sszzz}"))}",
        var (key, _) => $"/ui/live{query.ToQuery(("outcome", outcome), (name, key))}",
    };

    private static OutcomeCount CountOf(string outcome, long count, FilterQuery query)
    {
        var known = outcome == ExchangeFilter.Open ? null : outcome;
        return new(new(OutcomeWords.ToneOf(known), $"{OutcomeWords.Short(known)} {ReadableCount.From(count)}"), $"/ui/live{query.ToQuery(("outcome", outcome))}");
    }

    private static TimeSpan SpanOf(StatsReport report) =>
        report is { First: { } first, Last: { } last } && last - first > TimeSpan.FromMinutes(1) ? last - first : TimeSpan.FromMinutes(1);

    private static string Between(string first, string last) => first == last ? first : $"{first} to {last}";

    private string Local(DateTimeOffset moment) => $"{TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone):yyyy-MM-dd HH:mm}";
}
