using ProviderRouter.Configuration;

namespace ProviderRouter.Providers;

/// <summary>
/// Where a provider's key comes from and how it is sent: a header, and what stands before the key in it. The database keeps
/// the name of the environment variable, never its value.
/// </summary>
/// <param name="EnvironmentVariable">The variable that holds the key; null when the provider has none.</param>
/// <param name="Header">The request header that bears the key. Default: <c>authorization</c>.</param>
/// <param name="Prefix">What precedes the key in that header. Default: <c>Bearer</c> and a space (RFC 6750).</param>
public sealed record ProviderKey(string? EnvironmentVariable, string Header = "authorization", string Prefix = "Bearer ")
{
    /// <summary>The provider has no key of its own: what the client sends is passed on.</summary>
    public static readonly ProviderKey None = new(EnvironmentVariable: null);

    /// <summary>The key as the environment has it now, or null when there is none.</summary>
    public string? Resolve(RouterEnvironment environment) =>
        EnvironmentVariable is null ? null : environment[EnvironmentVariable];

    /// <summary>True when a key is expected and the environment has none.</summary>
    public bool IsMissing(RouterEnvironment environment) => EnvironmentVariable is not null && Resolve(environment) is null;
}
