using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Filters;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Live;

/// <summary>Requests as they come. The page itself has the newest hundred, and leads to older ones; a script keeps it going.</summary>
internal sealed class LivePage(SqliteDatabase database, LogReading reading, TimeProvider time)
{
    /// <summary>How many rows the page itself has.</summary>
    private const int Rows = 100;

    /// <summary>How long they are looked for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The same for words: the script goes on looking.</summary>
    private static readonly TimeSpan SearchPatience = TimeSpan.FromSeconds(2);

    private const string ApiRoot = "/v1/";

    /// <summary>The page.</summary>
    public async Task<UiAnswer> ShowAsync(UiRequest request)
    {
        var query = FilterQuery.Read(request.Context.Request.Query, database, time);
        var before = long.TryParse(request.Query("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : default(long?);
        var isWrong = query.Problems.Count > 0;
        var filter = query.Filter with { BeforeId = before };
        var patience = filter.Search is null ? Patience : SearchPatience;
        AuditRecord? passed = null;
        var (found, isOver) = isWrong ? ([], true) : await reading.FindAsync(
            (log, enough) => log.FindTexts(filter, cancellation: enough, passed: record => passed = record), Rows + 1, patience,
            filter.Search is not null, request.Left);
        var shown = found.Take(Rows).Select(one => ShortText.Of(one.Record)).ToList();
        var last = found.Count > Rows ? shown[^1] : isOver ? null : passed;
        var older = last is null ? null : "/ui/live" + query.ToQuery(("before", last.Id.ToString(CultureInfo.InvariantCulture)));
        var rows = await reading.RunAsync(log => shown.ConvertAll(record => Row(record, log.ReadPrompt(record))), isSearch: false, request.Left);
        using var providers = database.OpenProviders();
        return UiAnswer.Page(
            LiveSlice.Create(new(
                request.Frame("Live", Place.Live) with { Script = isWrong || before is not null ? null : "live.js" },
                new FilterForm("/ui/live", query, [.. providers.List().Select(provider => provider.Name)], IsSearch: false),
                rows, isOver ? null : (int)patience.TotalSeconds, before, older,
                new FeedModel(query.ToQuery(), ClockChanges.Around(time.GetUtcNow(), time.LocalTimeZone), Outcomes()))),
            isWrong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private LiveRowModel Row(AuditRecord record, string? prompt)
    {
        var path = record.Endpoint.StartsWith(ApiRoot, StringComparison.Ordinal) ? record.Endpoint[ApiRoot.Length..] : record.Endpoint;
        var what = record.Method == "POST" ? path : $"{record.Method} {path}";
        return new(record, Badge.Of(record), Moment.Of(record.CreatedAt, time), record.Error is { } error ? $"{what}: {error}" : what, prompt);
    }

    /// <summary>Of each outcome its colour and its words, so that the script says what the page does.</summary>
    private static string Outcomes()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var outcome in FilterValue.Outcomes.Where(one => one != ExchangeFilter.Failed))
            {
                var known = outcome == ExchangeFilter.Open ? null : outcome;
                json.WriteStartArray(outcome);
                json.WriteStringValue(OutcomeWords.ToneOf(known).ToString().ToLowerInvariant());
                json.WriteStringValue(OutcomeWords.Short(known));
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
