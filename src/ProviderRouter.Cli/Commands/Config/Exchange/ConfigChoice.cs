using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands.Config.Exchange;

/// <summary>Whether those that a document chooses can answer.</summary>
internal static class ConfigChoice
{
    /// <summary>Every problem of the active provider and of those in its place.</summary>
    /// <param name="document">The document.</param>
    /// <param name="activeHere">Who is active until then, or null.</param>
    /// <param name="names">All providers as they will be, by their names.</param>
    public static IEnumerable<string> Check(ConfigDocument document, string? activeHere, IReadOnlyDictionary<string, Provider> names)
    {
        if (document.ActiveProvider is { } active)
        {
            if (names.GetValueOrDefault(active) is not { } chosen)
            {
                yield return $"activeProvider: there is no provider {KeyLike.Quote(active)}.";
            }
            else if (!chosen.Enabled)
            {
                yield return $"activeProvider: {active} is disabled.";
            }
        }
        else if (document.Fallbacks.Count > 0)
        {
            yield return "fallbacks belong to an active provider: name it in activeProvider.";
        }
        else if (document.Providers.Any(provider => provider.Name == activeHere && !provider.Enabled))
        {
            yield return $"{activeHere} is active here, and cannot be disabled: name another in activeProvider.";
        }

        foreach (var fallback in document.Fallbacks.GroupBy(name => name, StringComparer.Ordinal))
        {
            if (!names.ContainsKey(fallback.Key))
            {
                yield return $"fallbacks: there is no provider {KeyLike.Quote(fallback.Key)}.";
            }
            else if (fallback.Key == document.ActiveProvider)
            {
                yield return $"fallbacks: {fallback.Key} cannot answer in its own place.";
            }
            else if (fallback.Count() > 1)
            {
                yield return $"fallbacks: {fallback.Key} is named twice.";
            }
        }
    }
}
