using ProviderRouter.Access;

namespace ProviderRouter;

/// <summary>
/// Finds what is probably a key where none belongs: in the place of a name, of a header's value. It is never repeated in a message.
/// </summary>
public static class KeyLike
{
    /// <summary>How much of a text a message repeats, in UTF-16 units.</summary>
    private const int MostRepeated = 60;

    private const string NotRepeated = "(not repeated here, as it looks like a key)";

    private const int ShortestRest = 8;
    private const int ShortestRandom = 20;
    private const int FewestDigits = 4;

    // How the keys of known providers begin.
    private static readonly string[] Beginnings =
        ["sk-", "sk_", "rk_", "pk-", "pk_", "gsk_", "xai-", "AIza", "hf_", "ghp_", "github_pat_", "nvapi-", "tgp_", "csk-", "fw_", "eyJ"];

    private static readonly char[] Between = [' ', '\t', '\r', '\n', '"', '\'', '`', '=', ':', ',', ';', '/', '&', '?', '(', ')', '[', ']', '{', '}'];

    /// <summary>True when a word in this text begins as keys do, or follows <c>Bearer</c>.</summary>
    public static bool IsIn(string text)
    {
        if (!KeyText.FindIn(text).IsEmpty)
        {
            return true;
        }

        var words = text.Split(Between, StringSplitOptions.RemoveEmptyEntries);
        return words.Any(BeginsAsKey)
            || words.Zip(words.Skip(1)).Any(pair => pair.First.Equals("bearer", StringComparison.OrdinalIgnoreCase) && IsNoWord(pair.Second));
    }

    /// <summary>The same, and true of what looks like chance: a GUID, a long word of letters and digits. For the place of a name.</summary>
    public static bool MayBeIn(string text) => IsIn(text) || text.Split(Between, StringSplitOptions.RemoveEmptyEntries).Any(IsRandom);

    /// <summary>The text in quotation marks, shortened where it is long; of what may be a key only that.</summary>
    public static string Quote(string text) => MayBeIn(text) ? NotRepeated : $"'{Shorten(text)}'";

    /// <summary>The text, shortened where it is long; of what may be a key only that.</summary>
    public static string Show(string text) => MayBeIn(text) ? NotRepeated : Shorten(text);

    private static string Shorten(string text)
    {
        // Not between the halves of a pair.
        var length = text.Length <= MostRepeated ? text.Length
            : char.IsHighSurrogate(text[MostRepeated - 1]) ? MostRepeated - 1 : MostRepeated;
        return length == text.Length ? text : string.Concat(text.AsSpan(0, length), "…");
    }

    private static bool BeginsAsKey(string word) => Beginnings.Any(
        beginning => word.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) && word.Length >= beginning.Length + ShortestRest);

    /// <summary>True for what follows <c>Bearer</c> in a header, false for "bearer of news".</summary>
    private static bool IsNoWord(string text) => text.Length > 16 || text.Any(char.IsAsciiDigit);

    private static bool IsRandom(string word) => Guid.TryParse(word, out _)
        || word.Split('-', '_', '.').Any(run => run.Length >= ShortestRandom
            && run.Count(char.IsAsciiDigit) >= FewestDigits && run.Any(char.IsAsciiLetter));
}
