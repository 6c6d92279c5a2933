using System.Collections.Frozen;
using ProviderRouter.Providers;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Routing;

/// <summary>What the database says of providers and settings, as of one moment.</summary>
/// <param name="Version">Of the settings, before they were read (<see cref="SettingsVersion"/>).</param>
/// <param name="ActiveName">The active provider's name, which need not be known; null when the database names none.</param>
/// <param name="Providers">All providers by name.</param>
/// <param name="Names">Their names, in the order in which they are listed.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Problems">Stored settings that are not allowed, and so count for nothing.</param>
internal sealed record RouteTable(
    long? Version,
    string? ActiveName,
    FrozenDictionary<string, Provider> Providers,
    IReadOnlyList<string> Names,
    RouterSettings Settings,
    IReadOnlyList<string> Problems)
{
    /// <summary>Nothing was read yet.</summary>
    public static readonly RouteTable Unread = new(
        Version: null, ActiveName: null, FrozenDictionary<string, Provider>.Empty, [], RouterSettings.Default, []);

    /// <summary>Reads it all.</summary>
    public static RouteTable Read(SqliteDatabase database, long? version, TimeSpan timeout)
    {
        using var providers = database.OpenProviders(timeout);
        using var store = database.OpenSettings(timeout);
        var (settings, problems) = store.Read();
        var list = providers.List();
        return new(
            version, providers.FindActive().Name, list.ToFrozenDictionary(provider => provider.Name, StringComparer.Ordinal),
            [.. list.Select(provider => provider.Name)], settings, problems);
    }
}
