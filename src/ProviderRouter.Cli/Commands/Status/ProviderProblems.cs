using ProviderRouter.Cli.Commands.Providers;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands.Status;

/// <summary>What keeps the active provider, and those in its place, from answering, as far as that is seen without asking them.</summary>
internal sealed class ProviderProblems(IReadOnlyList<Provider> providers, ProviderPlace place, RouterEnvironment environment, KeyVault vault)
{
    private readonly KnownProviders known = new(providers);

    /// <summary>Of the active provider; null when nothing is seen.</summary>
    public StatusProblem? OfActive() => Find(place.Active) switch
    {
        null => new(
            $"There is no provider {KeyLike.Quote(place.Active)}: requests fail until another is chosen.",
            known.Nearest(place.Active) is { } nearest ? $"provider-cli set {nearest}" : "provider-cli list"),
        { Enabled: false } => new(
            $"{place.Active} is disabled: requests fail until it is enabled or another is chosen.", $"provider-cli provider enable {place.Active}"),
        var active => KeyProblem(active),
    };

    /// <summary>Of each fallback that something is wrong with.</summary>
    public IEnumerable<StatusProblem> OfFallbacks() => place.Fallbacks.Where(name => name != place.Active).Select(OfFallback).OfType<StatusProblem>();

    /// <summary>Of the keys that are stored, whoever they belong to.</summary>
    public IEnumerable<StatusProblem> OfStoredKeys()
    {
        var keyed = providers.Where(provider => provider.Key.Sealed is not null).Select(provider => provider.Name).ToList();
        if (keyed.Count > 0 && !File.Exists(vault.Path))
        {
            yield return new(
                $"{vault.Path} is missing, without which stored keys cannot be read: {string.Join(", ", keyed)}.",
                $"Put it back, or store each key anew: provider-cli provider edit {keyed[0]} --key-stdin");
        }
    }

    private StatusProblem? OfFallback(string name) => Find(name) switch
    {
        null => new(
            $"There is no provider {KeyLike.Quote(name)}: it is passed over when {place.Active} fails.",
            Find(place.Active) is { Enabled: true } ? place.SetWithout(name) : "provider-cli set NAME --fallback A,B"),
        { Enabled: false } => new(
            $"{name} is disabled: it is passed over when {place.Active} fails.", $"provider-cli provider enable {name}"),
        var provider => KeyProblem(provider),
    };

    private StatusProblem? KeyProblem(Provider provider) => provider.Key.IsMissing(environment)
        ? new($"{provider.Key.EnvironmentVariable} is not set here; the router needs it where it runs.", $"provider-cli test {provider.Name}")
        : null;

    /// <summary>As the router does it: to the letter.</summary>
    private Provider? Find(string name) => providers.FirstOrDefault(provider => provider.Name == name);
}
