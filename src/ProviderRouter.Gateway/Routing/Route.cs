using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Providers;

namespace ProviderRouter.Gateway.Routing;

/// <summary>Where a request goes: to a provider, or back to the client with an error.</summary>
public sealed record Route
{
    private Route()
    {
    }

    /// <summary>Who answers; null when nobody can.</summary>
    public Provider? Provider { get; private init; }

    /// <summary>Why nobody can; null when somebody does.</summary>
    public OpenAIError? Error { get; private init; }

    /// <summary>This provider answers, unless it is disabled.</summary>
    public static Route To(Provider provider) =>
        provider.Enabled ? new() { Provider = provider } : new() { Error = OpenAIError.ProviderDisabled(provider.Name) };

    /// <summary>Nobody answers.</summary>
    public static Route Nowhere(OpenAIError error) => new() { Error = error };
}
