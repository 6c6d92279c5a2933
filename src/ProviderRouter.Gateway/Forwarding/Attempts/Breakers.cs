using System.Collections.Concurrent;
using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Forwarding.Attempts;

/// <summary>The breakers of providers that have others in their place, each made when it is first needed.</summary>
public sealed class Breakers(TimeProvider time) : IBreakerStates
{
    private readonly ConcurrentDictionary<string, Breaker> breakers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<(string Provider, string State)> NotClosed =>
        breakers.Select(pair => (pair.Key, pair.Value.State)).Where(pair => pair.State != "closed").OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The breaker of a provider; a new one where the setting changed.</summary>
    internal Breaker Of(string provider, TimeSpan breakFor)
    {
        var breaker = breakers.GetOrAdd(provider, static (_, with) => new Breaker(with.breakFor, with.time), (breakFor, time));
        if (breaker.BreakFor == breakFor)
        {
            return breaker;
        }

        return breakers.AddOrUpdate(
            provider,
            static (_, with) => new Breaker(with.breakFor, with.time),
            static (_, old, with) => old.BreakFor == with.breakFor ? old : new Breaker(with.breakFor, with.time),
            (breakFor, time));
    }
}
