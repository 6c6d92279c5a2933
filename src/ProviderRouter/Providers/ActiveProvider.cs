using ProviderRouter.Configuration;

namespace ProviderRouter.Providers;

/// <summary>Which provider answers while a request does not name one, and who said so.</summary>
/// <param name="Name">The provider's name, which need not be known: a person may have written anything.</param>
/// <param name="Source">Where the name was found.</param>
public sealed record ActiveProvider(string Name, ActiveProviderSource Source)
{
    /// <summary>The key of the setting in the database.</summary>
    public const string SettingKey = "active_provider";

    /// <summary>The environment variable that is used while the database names none or cannot be read.</summary>
    public const string Variable = "DEFAULT_PROVIDER";

    /// <summary>What the database says, else <c>DEFAULT_PROVIDER</c>, else <c>lm-studio</c>.</summary>
    public static ActiveProvider From(string? setting, RouterEnvironment environment) =>
        setting is not null ? new(setting, ActiveProviderSource.Database)
        : environment[Variable] is { } name ? new(name, ActiveProviderSource.Environment)
        : new(BuiltInProviders.DefaultName, ActiveProviderSource.Default);
}

/// <summary>Who said which provider is active.</summary>
public enum ActiveProviderSource
{
    /// <summary>The setting in the database.</summary>
    Database,

    /// <summary><c>DEFAULT_PROVIDER</c>.</summary>
    Environment,

    /// <summary>Nobody: it is the program's own default.</summary>
    Default,
}
