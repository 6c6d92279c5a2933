namespace ProviderRouter.Providers;

/// <summary>What is wrong with a provider.</summary>
/// <param name="Field">What of it.</param>
/// <param name="Text">A sentence that repeats no value.</param>
public sealed record ProviderProblem(ProviderField Field, string Text);

/// <summary>What can be wrong of a provider, by the names of <see cref="Provider"/> and <see cref="ProviderKey"/>.</summary>
public enum ProviderField
{
    /// <summary><see cref="Provider.Name"/></summary>
    Name,

    /// <summary><see cref="Provider.Type"/></summary>
    Type,

    /// <summary><see cref="Provider.BaseUrl"/></summary>
    BaseUrl,

    /// <summary><see cref="ProviderKey.EnvironmentVariable"/></summary>
    KeyVariable,

    /// <summary><see cref="ProviderKey.Header"/></summary>
    KeyHeader,

    /// <summary><see cref="ProviderKey.Prefix"/></summary>
    KeyPrefix,

    /// <summary><see cref="Provider.Headers"/></summary>
    Headers,

    /// <summary><see cref="Provider.Query"/></summary>
    Query,

    /// <summary><see cref="Provider.DefaultModel"/></summary>
    DefaultModel,

    /// <summary><see cref="Provider.Aliases"/></summary>
    Aliases,

    /// <summary><see cref="Provider.IdleTimeout"/></summary>
    IdleTimeout,

    /// <summary><see cref="Provider.ConnectTimeout"/></summary>
    ConnectTimeout,

    /// <summary><see cref="Provider.KeepAlive"/></summary>
    KeepAlive,

    /// <summary><see cref="Provider.Retries"/></summary>
    Retries,

    /// <summary><see cref="Provider.Note"/></summary>
    Note,
}
