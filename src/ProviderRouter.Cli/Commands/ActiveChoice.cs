using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands;

/// <summary>Which provider is active, and what is known of it.</summary>
/// <param name="Active">Its name, and who said so.</param>
/// <param name="Provider">The provider of that name; null when there is none.</param>
internal sealed record ActiveChoice(ActiveProvider Active, Provider? Provider)
{
    public static ActiveChoice Read(ProviderStore store, RouterEnvironment environment)
    {
        var (setting, provider) = store.FindActive();
        var active = ActiveProvider.From(setting, environment);
        return new ActiveChoice(active, setting is null ? store.Find(active.Name) : provider);
    }
}
