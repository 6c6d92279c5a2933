namespace ProviderRouter.Access;

/// <summary>What a key may be called.</summary>
public static class KeyName
{
    private const int Longest = 64;

    /// <summary>What is wrong with a name, as a sentence; null when nothing is.</summary>
    public static string? Problem(string name) =>
        name.Length is > 0 and <= Longest && name[0] is not ('-' or '_' or '.')
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_' or '.')
        && !KeyLike.MayBeIn(name)
            ? null
            : $"A key's name has up to {Longest} of a-z, 0-9, '-', '_' and '.', and begins with a letter or digit, such as work-laptop; not {KeyLike.Quote(name)}.";
}
