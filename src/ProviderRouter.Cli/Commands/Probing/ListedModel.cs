using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands.Probing;

/// <summary>One model as <c>models --json</c> prints it.</summary>
/// <param name="Aliases">The names that clients may say in its place.</param>
/// <param name="Default">True for the model of requests that name none.</param>
/// <param name="Listed">False for one that the provider does not list, though it is the default or an alias stands for it.</param>
internal sealed record ListedModel(string Provider, string Model, IReadOnlyList<string> Aliases, bool Default, bool Listed)
{
    /// <summary>The models that a provider lists, in its order, then others that its default or its aliases name.</summary>
    public static IEnumerable<ListedModel> Of(Provider provider, IReadOnlyList<string> listed)
    {
        var aliases = provider.Aliases.Where(alias => alias.Key != alias.Value)
            .ToLookup(alias => alias.Value, alias => alias.Key, StringComparer.Ordinal);
        var known = listed.ToHashSet(StringComparer.Ordinal);
        var named = aliases.Select(models => models.Key).Order(StringComparer.Ordinal);
        return listed.Concat(provider.DefaultModel is { } model ? named.Prepend(model) : named).Distinct(StringComparer.Ordinal)
            .Select(name => new ListedModel(
                provider.Name, name, [.. aliases[name].Order(StringComparer.Ordinal)], name == provider.DefaultModel, known.Contains(name)));
    }
}
