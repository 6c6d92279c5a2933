namespace ProviderRouter.Gateway.Ingress;

/// <summary>Which providers are left to rest because they kept failing.</summary>
public interface IBreakerStates
{
    /// <summary>Those that are not closed: the provider's name and its breaker's state, <c>open</c> or <c>half-open</c>.</summary>
    IEnumerable<(string Provider, string State)> NotClosed { get; }
}
