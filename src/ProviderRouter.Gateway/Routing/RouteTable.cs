using System.Collections.Frozen;
using ProviderRouter.Access;
using ProviderRouter.Configuration;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Routing;

/// <summary>What the database says of providers, as of one moment, of settings and of the keys of clients.</summary>
/// <param name="Version">Of the settings, before they were read (<see cref="SettingsVersion"/>).</param>
/// <param name="ActiveName">The active provider's name, which need not be known; null when the database names none.</param>
/// <param name="Active">The active provider, and after it those that answer in its place; none where it is not known.</param>
/// <param name="Targets">All providers by name.</param>
/// <param name="Names">Their names, in the order in which they are listed.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Keys">The keys of clients.</param>
/// <param name="Problems">Stored settings that are not allowed, and so count for nothing.</param>
internal sealed record RouteTable(
    long? Version,
    string? ActiveName,
    Route? Active,
    FrozenDictionary<string, Target> Targets,
    IReadOnlyList<string> Names,
    RouterSettings Settings,
    KeyRing Keys,
    IReadOnlyList<string> Problems)
{
    /// <summary>Nothing was read yet.</summary>
    public static readonly RouteTable Unread = new(
        Version: null, ActiveName: null, Active: null, FrozenDictionary<string, Target>.Empty, [], RouterSettings.Default, KeyRing.Empty, []);

    /// <summary>Reads it all.</summary>
    public static RouteTable Read(SqliteDatabase database, RouterEnvironment environment, long? version, TimeSpan timeout)
    {
        using var providers = database.OpenProviders(timeout);
        using var store = database.OpenSettings(timeout);
        using var keys = database.OpenClientKeys(timeout);
        var (settings, problems) = store.Read();
        // Of one moment: whoever answered for the last active provider must not do so for this one.
        var (list, active, fallbacks) = providers.InSnapshot(() => (providers.List(), providers.FindActive().Name, providers.ReadFallbacks()));
        var targets = list.Select(provider => Target.Of(provider, environment, database.Vault)).ToList();
        var byName = targets.ToFrozenDictionary(target => target.Provider.Name, StringComparer.Ordinal);
        var route = active is not null && byName.TryGetValue(active, out var first)
            ? Route.To(first, fallbacks.Select(byName.GetValueOrDefault).OfType<Target>())
            : null;
        return new(version, active, route, byName, [.. targets.Select(target => target.Provider.Name)], settings, new KeyRing(keys.List()), problems);
    }
}
