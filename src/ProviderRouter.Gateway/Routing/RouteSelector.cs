using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ProviderRouter.Access;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Providers;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Routing;

/// <summary>
/// Picks the provider of a request: the one that it names, else the active one. For each request the database is asked whether
/// anything was changed (a few microseconds), so a switch is seen by the very next one.
/// </summary>
public sealed partial class RouteSelector(
    SqliteDatabase database, GatewayOptions options, TimeProvider time, ILogger<RouteSelector> logger) : IDisposable
{
    /// <summary>A reader waits no longer than this for a lock; in WAL mode nothing that behaves makes it wait at all.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan WarningInterval = TimeSpan.FromSeconds(5);

    /// <summary>Connections that are kept open; where more requests come at the same moment, more are opened for that moment.</summary>
    private const int MostIdle = 16;

    private readonly ConcurrentBag<SettingsVersion> idle = [];
    private volatile RouteTable table = RouteTable.Unread;
    private volatile bool isUnreadable;
    private int trying;
    private int idleCount;
    private long lastWarning;

    /// <summary>
    /// The settings, as they were when a provider was last selected. While the database cannot be read, those read last.
    /// </summary>
    public RouterSettings Settings => (table == RouteTable.Unread ? Current() ?? table : table).Settings;

    /// <summary>The keys of clients, as they were then, too.</summary>
    internal KeyRing Keys => table.Keys;

    /// <summary>Reads what was changed, for a request that selects no provider.</summary>
    public void Refresh() => Current();

    /// <summary>The provider that this request is for.</summary>
    public Route Select(HttpRequest request)
    {
        var current = Current();
        return NamedBy(request) is { Length: > 0 } name ? SelectNamed(name, current) : SelectActive(current);
    }

    /// <summary>The active provider's name and who says so.</summary>
    public ActiveProvider FindActive() => ActiveProvider.From(Current()?.ActiveName, options.Environment);

    private Route SelectActive(RouteTable? current)
    {
        if (current?.ActiveName is not { } name)
        {
            return SelectNamed(ActiveProvider.From(setting: null, options.Environment).Name, current);
        }

        return current.Active ?? Route.Nowhere(OpenAIError.UnknownProvider(
                $"The active provider '{name}' does not exist. Choose one with `provider-cli set NAME`: {KnownNames(current)}."));
    }

    private Route SelectNamed(string name, RouteTable? current)
    {
        // While the database cannot be read: a provider as it was last read, else as it came with the program.
        var target = (current ?? table).Targets.GetValueOrDefault(name)
            ?? (current is null && BuiltInProviders.Find(name, options.ProviderOverrides) is { } provider
                ? Target.Of(provider, options.Environment, database.Vault) : null);
        return target is not null ? Route.To(target)
            : Route.Nowhere(OpenAIError.UnknownProvider($"There is no provider '{name}'. Known: {KnownNames(current)}."));
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

    private static string KnownNames(RouteTable? current) =>
        string.Join(", ", current?.Names ?? BuiltInProviders.All.Select(provider => provider.Name));

    /// <summary>What the database says now; null when it cannot be read.</summary>
    private RouteTable? Current()
    {
        // While it cannot, which takes time to find out, one request after the other tries, and the others do not wait for it.
        var tries = isUnreadable;
        if (tries && Interlocked.CompareExchange(ref trying, 1, 0) != 0)
        {
            return null;
        }

        SettingsVersion? reader = null;
        try
        {
            reader = Take();
            var version = reader.Read();
            var current = table;
            if (version is null || version != current.Version)
            {
                table = current = RouteTable.Read(database, options.Environment, version, ReadTimeout);
                foreach (var problem in current.Problems)
                {
                    Log.BadSetting(logger, problem);
                }
            }

            Return(reader);
            isUnreadable = false;
            return current;
        }
        catch (SqliteException error)
        {
            isUnreadable = true;
            reader?.Dispose();
            Warn(error);
            return null;
        }
        finally
        {
            if (tries)
            {
                Volatile.Write(ref trying, 0);
            }
        }
    }

    private SettingsVersion Take()
    {
        while (idle.TryTake(out var taken))
        {
            Interlocked.Decrement(ref idleCount);
            if (!taken.HasMoved)
            {
                return taken;
            }

            taken.Dispose();
        }

        return database.OpenSettingsVersion(ReadTimeout);
    }

    private void Return(SettingsVersion reader)
    {
        if (Interlocked.Increment(ref idleCount) <= MostIdle)
        {
            idle.Add(reader);
            return;
        }

        Interlocked.Decrement(ref idleCount);
        reader.Dispose();
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
        while (idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "The active provider cannot be read from {Database} ({Reason}): {Provider} answers instead. Check the database.")]
        public static partial void Unreadable(ILogger logger, string database, string reason, string provider);

        [LoggerMessage(2, LogLevel.Warning, "{Problem}")]
        public static partial void BadSetting(ILogger logger, string problem);
    }
}
