using ProviderRouter.AuditLog;
using ProviderRouter.Configuration;
using ProviderRouter.Gateway.Routing;
using ProviderRouter.Providers;
using ProviderRouter.Upstream;

namespace ProviderRouter.Gateway.Forwarding;

/// <summary>Asks a provider for its models, and tells nobody its key, which it may repeat in what it answers.</summary>
internal sealed class ScrubbedProbe(UpstreamClients clients, RouterEnvironment environment, KeyVault vault, TimeProvider time)
{
    /// <inheritdoc cref="ProviderProbe.ProbeAsync"/>
    public async Task<ProbeResult> AskAsync(Provider provider, TimeSpan timeout, CancellationToken cancellation)
    {
        var result = await new ProviderProbe(clients.Default, environment, vault, time).ProbeAsync(provider, timeout, cancellation);
        return Target.Of(provider, environment, vault).Key is not { Length: > 0 } key ? result : result with
        {
            Error = result.Error is { } error ? Redaction.Scrub(error, [key]) : null,
            Models = [.. result.Models.Select(model => Redaction.Scrub(model, [key]))],
        };
    }
}
