using System.Globalization;
using Microsoft.AspNetCore.Http;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Filters;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Search;

/// <summary>What stands in requests and answers.</summary>
internal sealed class SearchPage(SqliteDatabase database, LogReading reading, TimeProvider time)
{
    private const int HitsOnPage = 20;

    /// <summary>How far behind the index may be without a word about it: servers build it a little later, many requests at once.</summary>
    private const long FewMissing = 1000;

    /// <summary>How long is looked: what takes longer wants filters, or the index.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How long prompts are read for.</summary>
    private static readonly TimeSpan PromptPatience = TimeSpan.FromMilliseconds(300);

    /// <summary>The page.</summary>
    public async Task<UiAnswer> ShowAsync(UiRequest request)
    {
        var query = FilterQuery.Read(request.Context.Request.Query, database, time);
        var isRanked = request.Query("order") == "ranked";
        var isWrong = query.Problems.Count > 0;
        using var providers = database.OpenProviders();
        var form = new FilterForm("/ui/search", query, [.. providers.List().Select(provider => provider.Name)], IsSearch: true)
        {
            Order = isRanked ? "ranked" : "",
        };
        var frame = request.Frame("Search", Place.Search);
        if (isWrong || query.Filter.Search is null)
        {
            return UiAnswer.Page(
                SearchSlice.Create(new(frame, form, [], Hits: null, Older: null, IsFirst: true)),
                isWrong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
        }

        var notices = Notices();
        var skipped = isRanked ? Number(request, "after") ?? 0 : 0;
        var before = isRanked ? null : Number(request, "before");
        var filter = query.Filter with { BeforeId = before };
        AuditRecord? passed = null;
        var (found, isOver) = await reading.FindAsync(
            (log, enough) => isRanked ? log.FindRanked(filter, enough).Skip((int)Math.Min(skipped, int.MaxValue))
                : log.FindTexts(filter, cancellation: enough, passed: record => passed = record),
            HitsOnPage + 1, Patience, isSearch: true, request.Left);
        if (!isOver)
        {
            notices.Add($"It was looked for {Patience.TotalSeconds:0} s, and not everywhere. Filters, such as a time since when, make it quicker.");
        }

        var shown = found.Take(HitsOnPage).ToList();
        // Where the time was up before there were enough, it goes on where it was.
        var last = found.Count > HitsOnPage ? shown[^1].Record : isOver ? null : isRanked ? found.LastOrDefault()?.Record : passed;
        var hits = await reading.RunAsync(
            log =>
            {
                var prompts = new PromptStarts(log, PromptPatience);
                return shown.ConvertAll(one => Hits.Of(one, prompts.Read(one.Record), isRanked, time));
            },
            isSearch: false, request.Left);
        return UiAnswer.Page(SearchSlice.Create(new(
            frame, form, notices, hits,
            last is null ? null : Older(query, isRanked, skipped, last.Id),
            skipped == 0 && before is null)));
    }

    /// <summary>How the index is, where that makes a difference.</summary>
    private List<string> Notices()
    {
        var (missing, isOn) = database.MissingInIndex();
        return !isOn && missing > 0
            ? [$"The index of texts is off, so {Count(missing)} requests are read one by one: nothing is left out, but it takes a while where they are many. It is the setting audit.searchIndex."]
            : missing > FewMissing
                ? [$"{Count(missing)} requests are not in the index of texts yet and are read one by one: nothing is left out, but it takes longer until they are."]
                : [];
    }

    private static string Older(FilterQuery query, bool isRanked, long skipped, long last) => "/ui/search" + (isRanked
        ? query.ToQuery(("order", "ranked"), ("after", Text(skipped + HitsOnPage)))
        : query.ToQuery(("before", Text(last))));

    private static long? Number(UiRequest request, string name) =>
        long.TryParse(request.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
