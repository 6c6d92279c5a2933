using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands;

/// <summary>The providers in the database, found by what people type.</summary>
internal sealed class KnownProviders(IReadOnlyList<Provider> providers)
{
    /// <summary>The provider of this name, whatever its case, or null.</summary>
    public Provider? Find(string typed) =>
        providers.FirstOrDefault(provider => string.Equals(provider.Name, typed.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The name that somebody probably meant, or null.</summary>
    public string? Nearest(string typed) => NearestName.To(typed, Names);

    /// <summary>That a name is not known, what was probably meant, and what is known.</summary>
    public string Unknown(string typed)
    {
        var meant = Nearest(typed) is { } nearest ? $" Did you mean {nearest}?" : "";
        return $"There is no provider {KeyLike.Quote(typed)}.{meant} Known: {string.Join(", ", Names)}.";
    }

    private IEnumerable<string> Names => providers.Select(provider => provider.Name);
}
