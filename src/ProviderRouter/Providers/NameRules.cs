namespace ProviderRouter.Providers;

/// <summary>What providers and models may be called. What was given is not repeated in a problem: it may be a key.</summary>
public static class NameRules
{
    private const int LongestName = 64;
    private const int LongestModel = 256;
    private const int MostAliases = 1000;

    /// <summary>What is wrong with the name of a provider, or of its type; null when nothing is.</summary>
    public static string? NameProblem(string name, string what) =>
        name.Length is 0 or > LongestName || !IsNameLetter(name[0]) || !name.All(letter => IsNameLetter(letter) || letter is '.' or '_' or '-')
            ? $"The {what} must be 1 to {LongestName} lower-case letters, digits, dots, hyphens or underscores, and begin with a letter or digit."
        : KeyLike.MayBeIn(name) ? $"The {what} looks like a key. Names are shown; keys are stored with --key-stdin."
        : null;

    private static bool IsNameLetter(char letter) => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter);

    /// <summary>What is wrong with the name of a model; null when nothing is.</summary>
    public static string? ModelProblem(string name, string what) =>
        name.Length is 0 or > LongestModel || name.Any(char.IsControl) || name != name.Trim() || KeyLike.IsIn(name)
            ? $"{what} must be a name of 1 to {LongestModel} letters, without control characters and blanks around it." : null;

    /// <summary>Every problem of a provider's aliases.</summary>
    public static IEnumerable<string> Check(IReadOnlyDictionary<string, string> aliases) =>
        (aliases.Count > MostAliases ? [$"There must be at most {MostAliases} aliases, not {aliases.Count}."] : Enumerable.Empty<string>())
        .Concat(aliases.SelectMany(alias => new[]
        {
            ModelProblem(alias.Key, "An alias"),
            ModelProblem(alias.Value, "The model that an alias stands for"),
        }).OfType<string>().Distinct());
}
