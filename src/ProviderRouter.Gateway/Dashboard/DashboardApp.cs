using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Live;
using ProviderRouter.Gateway.Dashboard.Pages.Compare;
using ProviderRouter.Gateway.Dashboard.Pages.Exchanges;
using ProviderRouter.Gateway.Dashboard.Pages.Live;
using ProviderRouter.Gateway.Dashboard.Pages.Overview;
using ProviderRouter.Gateway.Dashboard.Pages.Providers;
using ProviderRouter.Gateway.Dashboard.Pages.Search;
using ProviderRouter.Gateway.Dashboard.Pages.Settings;
using ProviderRouter.Gateway.Dashboard.Pages.Statistics;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Gateway.Dashboard.Replays;
using ProviderRouter.Gateway.Dashboard.Session;
using ProviderRouter.Gateway.Forwarding;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard;

/// <summary>What people look at: every page and every form, on one screen. Nothing of it is made before somebody looks.</summary>
public sealed class DashboardApp(
    SqliteDatabase database, LogReading reading, AuditLogWriter log, OpenExchanges exchanges, IBreakerStates breakers, UpstreamClients clients,
    Forwarder forwarder, GatewayOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    /// <summary>Where it is.</summary>
    public const string Prefix = UiPath.Prefix;

    private IReadOnlyList<UiRoute>? routes;
    private ReplayQueue? replays;

    /// <summary>Everything that can be asked; made when somebody first looks.</summary>
    internal IReadOnlyList<UiRoute> Routes => LazyInitializer.EnsureInitialized(ref routes, MakeRoutes);

    private IReadOnlyList<UiRoute> MakeRoutes()
    {
        var tests = new ProviderTests(database, clients, options, time);
        var overview = new OverviewPage(database, reading, log, breakers, tests, options, time);
        var health = new HealthCheck(database, clients, tests, options, time);
        var live = new LivePage(database, reading, time);
        var feed = new LiveFeed(database, reading, log, exchanges, lifetime, time, loggers.CreateLogger<LiveFeed>());
        var paging = new LivePaging(database, reading, time);
        var search = new SearchPage(database, reading, time);
        var statistics = new StatisticsPage(database, reading, time);
        replays = new ReplayQueue(forwarder, lifetime, time, loggers.CreateLogger<ReplayQueue>());
        var exchange = new ExchangePage(database, reading, exchanges, replays, options, time);
        var compare = new ComparePage(reading, time);
        var providers = new ProvidersPage(database, breakers, tests, options);
        var provider = new ProviderFormPage(database, tests, options);
        var rows = new KeyRows(database, reading, options, time);
        var settings = new SettingsPage(database, rows);
        var keys = new KeysPage(database, settings);
        return
        [
            new("GET", "/ui", overview.ShowAsync),
            new("GET", "/ui/series", overview.SeriesAsync),
            new("GET", "/ui/switch/{name}", overview.Ask),
            new("POST", "/ui/active", overview.Switch),
            new("GET", "/ui/health/{name}", health.AnswerAsync),
            new("GET", "/ui/live", live.ShowAsync),
            new("GET", "/ui/live/events", feed.Answer),
            new("GET", "/ui/live/rows", paging.AnswerAsync),
            new("GET", "/ui/search", search.ShowAsync),
            new("GET", "/ui/exchanges/{id}", exchange.ShowAsync),
            new("GET", "/ui/exchanges/{id}/outcome", exchange.Outcome),
            new("GET", "/ui/exchanges/{id}/messages/{number}", exchange.MessageAsync),
            new("GET", "/ui/exchanges/{id}/media/{number}", exchange.PictureAsync),
            new("GET", "/ui/exchanges/{id}/raw/{body}", new RawBody(reading).AnswerAsync),
            new("POST", "/ui/exchanges/{id}/replay", exchange.ReplayAsync),
            new("GET", "/ui/compare", compare.ShowAsync),
            new("GET", "/ui/stats", statistics.ShowAsync),
            new("GET", "/ui/stats/series", statistics.SeriesAsync),
            new("GET", "/ui/providers", providers.Show),
            new("GET", "/ui/providers/add", provider.ShowAdd),
            new("POST", "/ui/providers/add", provider.Add),
            new("GET", "/ui/providers/{name}", provider.ShowEdit),
            new("POST", "/ui/providers/{name}", provider.Edit),
            // Of one that is called "add".
            new("GET", "/ui/providers/{name}/edit", provider.ShowEdit),
            new("POST", "/ui/providers/{name}/edit", provider.Edit),
            new("POST", "/ui/providers/{name}/enable", providers.Enable),
            new("POST", "/ui/providers/{name}/disable", providers.Disable),
            new("GET", "/ui/providers/{name}/remove", providers.AskRemove),
            new("POST", "/ui/providers/{name}/remove", providers.Remove),
            new("GET", "/ui/providers/{name}/test", providers.ShowTest),
            new("POST", "/ui/providers/{name}/test", providers.TestAsync),
            new("GET", "/ui/settings", settings.ShowAsync),
            new("POST", "/ui/settings/{key}", settings.SetAsync),
            new("POST", "/ui/settings/{key}/reset", settings.Reset),
            new("POST", "/ui/keys", keys.CreateAsync),
            new("GET", "/ui/keys/{name}/revoke", keys.AskRevoke),
            new("POST", "/ui/keys/{name}/revoke", keys.Revoke),
        ];
    }

    /// <summary>The way from the server's bare address.</summary>
    internal static Task LeadTo(HttpContext context)
    {
        context.Response.Redirect(Prefix);
        return Task.CompletedTask;
    }

    /// <summary>Answers one request, of somebody who may ask.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (Asset.TryAnswer(context, out var asset))
        {
            await asset;
            return;
        }

        if (UiPath.IsAsset(context.Request.Path))
        {
            await UiAnswer.Text("There is no such file.", StatusCodes.Status404NotFound).Write(context);
            return;
        }

        var (method, path) = (context.Request.Method, context.Request.Path.Value!.TrimEnd('/'));
        var request = new UiRequest(context, [], Visitor.Of(UiVisitor.Of(context)));
        var (found, names) = Find(method == "HEAD" ? "GET" : method, path);
        UiAnswer answer;
        try
        {
            answer = found is null
                ? UiAnswer.Problem(request, StatusCodes.Status404NotFound, "There is no such page", "The address may be mistyped, or the page may have moved.")
                : await found.Answer(request with { Names = names, Form = method == "POST" ? context.Request.Form : FormCollection.Empty });
        }
        catch (SqliteException error)
        {
            answer = UiAnswer.Problem(request, StatusCodes.Status503ServiceUnavailable, "The database cannot be used now",
                $"{SqliteDatabase.Explain(error, database.Path).Message} Nothing was changed; reload this page to try again.");
        }

        await answer.Write(context);
    }

    /// <summary>Waits for replays that are under way.</summary>
    public ValueTask DisposeAsync() => replays?.DisposeAsync() ?? ValueTask.CompletedTask;

    private (UiRoute? Route, IReadOnlyList<string> Names) Find(string method, string path)
    {
        foreach (var route in Routes)
        {
            if (route.Method == method && route.Matches(path, out var names))
            {
                return (route, names);
            }
        }

        return (null, []);
    }
}
