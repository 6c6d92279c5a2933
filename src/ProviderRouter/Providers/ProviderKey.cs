using ProviderRouter.Configuration;

namespace ProviderRouter.Providers;

/// <summary>
/// Where a provider's key comes from and how it is sent: a header, and what stands before the key in it. The database keeps
/// the name of the environment variable, or the key itself encrypted (<see cref="KeyVault"/>), never as it is.
/// </summary>
/// <param name="EnvironmentVariable">The variable that holds the key; null when none does.</param>
/// <param name="Header">The request header that bears the key. Default: <c>authorization</c>.</param>
/// <param name="Prefix">What precedes the key in that header. Default: <c>Bearer</c> and a space (RFC 6750).</param>
public sealed record ProviderKey(string? EnvironmentVariable, string Header = "authorization", string Prefix = "Bearer ")
{
    /// <summary>The provider has no key of its own: what the client sends is passed on.</summary>
    public static readonly ProviderKey None = new(EnvironmentVariable: null);

    /// <summary>The key itself, encrypted; null when a variable holds it, or there is none.</summary>
    public byte[]? Sealed { get; init; }

    /// <summary>Where it comes from, for people: <c>stored</c>, <c>$NAME</c> or <c>none</c>.</summary>
    public string Source => Sealed is not null ? "stored" : EnvironmentVariable is not null ? $"${EnvironmentVariable}" : "none";

    /// <summary>The key as it is now, or null when there is none.</summary>
    /// <exception cref="SetUpException">It is stored, and cannot be decrypted here.</exception>
    public string? Resolve(RouterEnvironment environment, KeyVault vault) =>
        Sealed is not null ? vault.Unseal(Sealed)
        : EnvironmentVariable is null ? null : environment[EnvironmentVariable];

    /// <summary>True when a key is expected from the environment and it has none.</summary>
    public bool IsMissing(RouterEnvironment environment) =>
        Sealed is null && EnvironmentVariable is not null && environment[EnvironmentVariable] is null;
}
