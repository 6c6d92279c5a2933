namespace ProviderRouter.Providers;

/// <summary>What a key may be, and where it may come from. Nothing of what was given is repeated in a problem.</summary>
public static class KeyRules
{
    private const int LongestVariable = 128;
    private const int LongestPrefix = 32;

    /// <summary>The longest key, in letters.</summary>
    public const int LongestKey = 8192;

    /// <summary>What is wrong with a key itself; null when nothing is.</summary>
    public static string? KeyProblem(string key) =>
        key.Length == 0 ? "The key is empty."
        : key.Length > LongestKey ? $"The key is longer than {LongestKey} letters."
        : key.AsSpan().ContainsAnyExceptInRange('!', '~') ? "The key must be one line of printable ASCII without blanks."
        : null;

    /// <summary>What is wrong with the name of an environment variable; null when nothing is.</summary>
    public static string? VariableProblem(string name) =>
        KeyLike.MayBeIn(name)
            ? "The name of the key's variable looks like a key itself. Name the environment variable that holds it, as in OPENAI_API_KEY, or store the key with --key-stdin."
        : name.Length is 0 or > LongestVariable || char.IsAsciiDigit(name[0]) || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '_')
            ? $"The name of the key's variable must be 1 to {LongestVariable} letters, digits or underscores, as in OPENAI_API_KEY. Keys themselves are stored with --key-stdin."
        : null;

    /// <summary>What precedes a key, as people type it: a word and a key without a blank between would be one word.</summary>
    public static string WithBlank(string prefix) => prefix.Length > 0 && char.IsAsciiLetterOrDigit(prefix[^1]) ? $"{prefix} " : prefix;

    /// <summary>Every problem of where a key comes from and how it is sent.</summary>
    public static IEnumerable<ProviderProblem> Check(ProviderKey key)
    {
        if (key.EnvironmentVariable is { } variable && VariableProblem(variable) is { } wrongVariable)
        {
            yield return new(ProviderField.KeyVariable, wrongVariable);
        }

        if (HeaderRules.NameProblem(key.Header) is { } wrongHeader)
        {
            yield return new(ProviderField.KeyHeader, $"The key's header cannot be used. {wrongHeader}");
        }

        if (key.Prefix.Length > LongestPrefix || key.Prefix.AsSpan().ContainsAnyExceptInRange(' ', '~') || KeyLike.IsIn(key.Prefix))
        {
            yield return new(
                ProviderField.KeyPrefix, $"What precedes the key must be at most {LongestPrefix} letters of printable ASCII, and not the key itself.");
        }
    }
}
