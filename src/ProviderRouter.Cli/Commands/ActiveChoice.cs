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

    /// <summary>What keeps the active provider from answering, and the command to type next; null when nothing is seen.</summary>
    public (string Problem, string Next)? ProblemIn(RouterEnvironment environment, KnownProviders known) => Provider switch
    {
        null when known.Nearest(Active.Name) is { } nearest =>
            ($"There is no provider '{Active.Name}': requests fail until another is chosen.", $"provider-cli set {nearest}"),
        null => ($"There is no provider '{Active.Name}': requests fail until another is chosen.", "provider-cli list"),
        { Enabled: false } => ($"{Active.Name} is disabled: requests fail until another is chosen.", "provider-cli list"),
        _ when Provider.Key.IsMissing(environment) =>
            ($"{Provider.Key.EnvironmentVariable} is not set here; the router needs it where it runs.",
                $"provider-cli test {Active.Name}"),
        _ => null,
    };
}
