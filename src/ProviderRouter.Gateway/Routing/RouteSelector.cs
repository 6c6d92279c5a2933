using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Providers;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Routing;

/// <summary>
/// Picks the provider of a request: the one that it names, else the active one. Both are read from the database for each
/// request (some microseconds), so a switch is seen by the very next one.
/// </summary>
public sealed partial class RouteSelector(
    SqliteDatabase database, GatewayOptions options, TimeProvider time, ILogger<RouteSelector> logger) : IDisposable
{
    /// <summary>A reader waits no longer than this for a lock; in WAL mode nothing that behaves makes it wait at all.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan WarningInterval = TimeSpan.FromSeconds(5);

    // As many stores as requests were ever read for at the same moment.
    private readonly ConcurrentBag<ProviderStore> idle = [];
    private readonly ConcurrentDictionary<string, Provider> lastSeen = new(StringComparer.Ordinal);
    private long lastWarning;
    private volatile RouterSettings settings = RouterSettings.Default;
    private volatile string settingsVersion = "";

    /// <summary>
    /// The settings, as they were when a provider was last selected. While the database cannot be read, those read last.
    /// </summary>
    public RouterSettings Settings
    {
        get
        {
            if (settingsVersion.Length == 0)
            {
                FindActive();
            }

            return settings;
        }
    }

    /// <summary>The provider that this request is for.</summary>
    public Route Select(HttpRequest request) =>
        NamedBy(request) is { Length: > 0 } name ? SelectNamed(name) : SelectActive();

    /// <summary>The active provider's name and who says so.</summary>
    public ActiveProvider FindActive() =>
        ActiveProvider.From(Read(store => store.FindActive().Name, whenUnreadable: _ => null), options.Environment);

    private Route SelectActive()
    {
        var (name, provider) = Read(store => store.FindActive(), whenUnreadable: _ => (null, null));
        if (provider is not null)
        {
            lastSeen[provider.Name] = provider;
            return Route.To(provider);
        }

        if (name is null)
        {
            return SelectNamed(ActiveProvider.From(setting: null, options.Environment).Name);
        }

        return Route.Nowhere(OpenAIError.UnknownProvider(
            $"The active provider '{name}' does not exist. Choose one with `provider-cli set NAME`: {KnownNames()}."));
    }

    private Route SelectNamed(string name)
    {
        var provider = Read(store => store.Find(name), whenUnreadable: _ => Remembered(name));
        if (provider is not null)
        {
            lastSeen[provider.Name] = provider;
            return Route.To(provider);
        }

        return Route.Nowhere(OpenAIError.UnknownProvider($"There is no provider '{name}'. Known: {KnownNames()}."));
    }

    /// <summary>The header; for a list of models the query's <c>provider</c> too.</summary>
    private static string? NamedBy(HttpRequest request)
    {
        if (request.Headers.TryGetValue(RouterHeaders.Provider, out var header))
        {
            return header.ToString().Trim();
        }

        return RequestTarget.IsModelList(request) && request.QueryString.HasValue
            && QueryHelpers.ParseQuery(request.QueryString.Value).TryGetValue(RequestTarget.ProviderParameter, out var value)
            ? value.ToString() : null;
    }

    /// <summary>A provider as it was last read, else as it came with the program.</summary>
    private Provider? Remembered(string name) =>
        lastSeen.GetValueOrDefault(name) ?? BuiltInProviders.Find(name, options.ProviderOverrides);

    private string KnownNames() => string.Join(", ", Read(
        store => store.List().Select(provider => provider.Name),
        whenUnreadable: _ => BuiltInProviders.All.Select(provider => provider.Name)));

    private T Read<T>(Func<ProviderStore, T> read, Func<SqliteException, T> whenUnreadable)
    {
        ProviderStore? store = null;
        try
        {
            store = idle.TryTake(out var taken) ? taken : database.OpenProviders(ReadTimeout);
            var result = read(store);
            if (store.SettingsVersion is { Length: > 0 } version && version != settingsVersion)
            {
                ReadSettings();
                settingsVersion = version;
            }

            idle.Add(store);
            return result;
        }
        catch (SqliteException error)
        {
            store?.Dispose();
            Warn(error);
            return whenUnreadable(error);
        }
    }

    private void ReadSettings()
    {
        using var store = database.OpenSettings(ReadTimeout);
        (settings, var problems) = store.Read();
        foreach (var problem in problems)
        {
            Log.BadSetting(logger, problem);
        }
    }

    private void Warn(SqliteException error)
    {
        var now = time.GetTimestamp();
        var last = Interlocked.Read(ref lastWarning);
        if ((last == 0 || time.GetElapsedTime(last, now) > WarningInterval)
            && Interlocked.CompareExchange(ref lastWarning, now, last) == last)
        {
            Log.Unreadable(logger, database.Path, error.Message, ActiveProvider.From(setting: null, options.Environment).Name);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        while (idle.TryTake(out var store))
        {
            store.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Warning, "{Problem}")]
        public static partial void BadSetting(ILogger logger, string problem);

        [LoggerMessage(1, LogLevel.Warning,
            "The active provider cannot be read from {Database} ({Reason}): {Provider} answers instead. Check the database.")]
        public static partial void Unreadable(ILogger logger, string database, string reason, string provider);
    }
}
