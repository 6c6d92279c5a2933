namespace ProviderRouter.Providers;

/// <summary>Who answers, and who does, in order, when that one fails.</summary>
public static class ActivePlan
{
    /// <summary>Why a provider cannot be taken away: it is the one that answers, or does when that one fails; null when it can be.</summary>
    /// <param name="name">Whom to take away.</param>
    /// <param name="active">Who answers.</param>
    /// <param name="fallbacks">Who does when that one fails; none where a fallback may go, as one that is disabled is passed over.</param>
    public static string? InTheWay(string name, string active, IReadOnlyList<string> fallbacks) =>
        name == active ? $"{name} is active. Choose another first"
        : fallbacks.Contains(name) ? $"{name} answers when {active} fails. Leave it out first"
        : null;

    /// <summary>All that is wrong with a choice; nothing when it can be made.</summary>
    /// <param name="name">Who is to answer; null where nobody was named, which somebody else complains about.</param>
    /// <param name="fallbacks">Who is to when that one fails.</param>
    /// <param name="providers">Those that there are.</param>
    public static IReadOnlyList<string> Problems(string? name, IReadOnlyList<string> fallbacks, IReadOnlyList<Provider> providers)
    {
        var problems = new List<string>();
        IReadOnlyList<string> chosen = name is null ? fallbacks : [name, .. fallbacks];
        foreach (var each in chosen.Distinct(StringComparer.Ordinal))
        {
            if (providers.FirstOrDefault(provider => provider.Name == each) is not { } provider)
            {
                problems.Add($"There is no provider {KeyLike.Quote(each)}. Known: {string.Join(", ", providers.Select(known => known.Name))}.");
            }
            else if (!provider.Enabled)
            {
                problems.Add($"{each} is disabled.");
            }
        }

        if (chosen.Count != chosen.Distinct(StringComparer.Ordinal).Count())
        {
            problems.Add("A provider is named twice.");
        }

        return problems;
    }
}
