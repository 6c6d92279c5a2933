using ProviderRouter.Configuration;
using ProviderRouter.Providers;

namespace ProviderRouter.Gateway.Routing;

/// <summary>A provider that a request may be sent to, with all that is needed for it.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Key">Its key; null when it has none.</param>
/// <param name="Problem">Why its key cannot be had; null when it can.</param>
public sealed record Target(Provider Provider, string? Key, string? Problem = null)
{
    /// <summary>Finds the key.</summary>
    public static Target Of(Provider provider, RouterEnvironment environment, KeyVault vault)
    {
        try
        {
            return new(provider, provider.Key.Resolve(environment, vault));
        }
        catch (SetUpException error)
        {
            return new(provider, Key: null, error.Message);
        }
    }
}
