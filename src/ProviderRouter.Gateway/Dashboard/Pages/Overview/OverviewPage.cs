using Microsoft.AspNetCore.Http;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Gateway.Admin;
using ProviderRouter.Gateway.Dashboard.Figures;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Pages.Providers;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Providers;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Overview;

/// <summary>Who answers, how all does, what failed last; and the switch to another provider.</summary>
internal sealed class OverviewPage(
    SqliteDatabase database, LogReading reading, AuditLogWriter writer, IBreakerStates breakers, ProviderTests tests, GatewayOptions options, TimeProvider time)
{
    private const int RecentCount = 8;

    /// <summary>The largest groups; the page of statistics has them all.</summary>
    private const int MostGroups = 12;

    private const string FailedOnly = $"&outcome={ExchangeFilter.Failed}";

    /// <summary>The page.</summary>
    public async Task<UiAnswer> ShowAsync(UiRequest request)
    {
        var window = TimeWindow.Find(request.Query("window"));
        var byModel = request.Query("by") == "model";
        var frame = request.Frame("Overview", Place.Overview) with { Script = "overview.js", HasCharts = true };
        var address = request.Context.Request;
        var model = await reading.RunAsync(
            log => Read(log, frame, window, byModel, $"{address.Scheme}://{address.Host}/v1"), isSearch: false, request.Left);
        return UiAnswer.Page(OverviewSlice.Create(model));
    }

    /// <summary>Points of the charts, as JSON.</summary>
    public async Task<UiAnswer> SeriesAsync(UiRequest request)
    {
        var (window, now) = (TimeWindow.Find(request.Query("window")), time.GetUtcNow());
        var since = now - window.Span;
        var report = await reading.RunAsync(
            log => log.Stats(new ExchangeFilter { Since = since }, window.Step, time.LocalTimeZone), isSearch: false, request.Left);
        return SeriesAnswer.Of(report, window.Step, since, now, time.LocalTimeZone);
    }

    /// <summary>The page that asks once, for browsers without script and for links.</summary>
    public UiAnswer Ask(UiRequest request)
    {
        using var log = database.OpenLog();
        var choice = Find(Plan(log, request.Visitor), request.Names[0]);
        return choice is null
            ? UiAnswer.Problem(request, StatusCodes.Status404NotFound, "There is nobody of this name to switch to",
                $"{KeyLike.Quote(request.Names[0])} is not known, or is disabled.")
            : UiAnswer.Page(SwitchSlice.Create(new(request.Frame(choice.Title, Place.Overview) with { Script = "switch.js" }, choice)));
    }

    /// <summary>Switches.</summary>
    public UiAnswer Switch(UiRequest request)
    {
        var name = request.Field("provider");
        var fallbacks = request.Form["fallback"].Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!.Trim()).ToList();
        using var store = database.OpenProviders();
        var problems = store.InTransaction(() =>
        {
            var found = name is null ? ["Nobody was chosen."] : ActivePlan.Problems(name, fallbacks, store.List());
            if (found.Count == 0)
            {
                store.SetActive(name!, fallbacks);
            }

            return found;
        });
        return problems.Count > 0
            ? UiAnswer.Problem(request, StatusCodes.Status400BadRequest, "Nothing was switched", string.Join(' ', problems))
            : UiAnswer.SeeOther("/ui", $"{name} answers from the next request on"
                + (fallbacks.Count == 0 ? ". When it fails, nobody answers in its place." : $"; when it fails, {string.Join(", then ", fallbacks)}."));
    }

    private OverviewModel Read(AuditLogReader log, PageFrame frame, TimeWindow window, bool byModel, string baseUrl)
    {
        var since = time.GetUtcNow() - window.Span;
        var report = log.Stats(new ExchangeFilter { Since = since }, byModel ? StatsGrouping.Model : StatsGrouping.Provider, time.LocalTimeZone);
        var (caption, heading) = byModel ? ("Figures by model", "Model") : ("Figures by provider", "Provider");
        return new(
            frame, Plan(log, frame.Visitor), window, byModel, Figure.Of(report.Overall, window.Span, $"/ui/live?since={window.Name}{FailedOnly}"),
            Chart.Both($"/ui/series?window={window.Name}", "the page of statistics has them as a table, by hour and by day", window.Step),
            new FiguresTable(caption, heading, [.. report.Groups.Take(MostGroups)], group => LinkTo(group, byModel, window))
            {
                Failures = group => LinkTo(group, byModel, window) is { } link ? link + FailedOnly : null,
                Unknown = byModel ? "no model" : "no provider",
            },
            Math.Max(0, report.Groups.Count - MostGroups),
            Failures.Last(log, report.Overall, since) is { } found && ShortText.Of(found) is var failed ? new(failed, OutcomeWords.Why(failed)!, Moment.Ago(failed.CreatedAt, time)) : null,
            [.. log.Find(ExchangeFilter.All).Take(RecentCount).Select(ShortText.Of).Select(record => new RecentModel(record, Badge.Of(record), Moment.Of(record.CreatedAt, time)))],
            LogModels.Of(writer.Health, Durability(), database.MeasureDisk(), log.Count()), baseUrl);
    }

    private AuditDurability Durability()
    {
        using var settings = database.OpenSettings();
        return settings.Read().Settings.Audit.Durability;
    }

    private static SwitchModel? Find(PlanModel plan, string name) =>
        plan.Others.Append(plan.Own).FirstOrDefault(other => other?.Provider.Name == name);

    private PlanModel Plan(AuditLogReader log, Visitor visitor)
    {
        using var store = database.OpenProviders();
        var (active, providers) = store.InSnapshot(() => (ActiveAdmin.Read(store, options.Environment), store.List()));
        var states = new ProviderStates(providers, breakers, tests, log, options.Environment, time);
        var enabled = providers.Where(provider => provider.Enabled).Select(provider => provider.Name).ToList();
        var known = enabled.Select(name => states.Of(name, fromLog: false)).ToList();
        return new(
            states.Of(active.Provider, fromLog: true), [.. active.Fallbacks.Select(name => states.Of(name, fromLog: true))],
            [.. enabled.Where(name => name != active.Provider).Select(SwitchTo)], enabled.Contains(active.Provider) ? SwitchTo(active.Provider) : null);

        SwitchModel SwitchTo(string name) => new(
            known.First(state => state.Name == name), active.Provider, [.. active.Fallbacks.Where(other => other != name && enabled.Contains(other))],
            [.. known.Where(other => other.Name != name)], visitor);
    }

    private static string? LinkTo(StatsFigures group, bool byModel, TimeWindow window) =>
        group.Key is not { Length: <= FiguresTable.LongestLink } ? null : $"/ui/live?since={window.Name}&{(byModel ? "model" : "provider")}={Uri.EscapeDataString(group.Key)}";
}
