namespace ProviderRouter.Providers;

/// <summary>What the base URL of a provider may be.</summary>
public static class BaseUrl
{
    private const int Longest = 2048;

    /// <summary>What is allowed, to stand after "must be".</summary>
    public const string Allowed = "an absolute http or https URL without user name, query or fragment, for example http://localhost:1234/v1";

    /// <summary>The one spelling that the database keeps: without blanks around it, without a slash at its end.</summary>
    public static string Normalise(string text) => text.Trim().TrimEnd('/');

    /// <summary>True when requests can be sent below it.</summary>
    public static bool IsAllowed(string text) =>
        text.Length <= Longest
        && (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '?' or '#' or '\\')
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Host.Length > 0 && url.UserInfo.Length == 0
        // An empty user name is one, too.
        && !url.OriginalString.AsSpan(url.Scheme.Length + "://".Length).SliceToSlash().Contains('@');

    private static ReadOnlySpan<char> SliceToSlash(this ReadOnlySpan<char> text) =>
        text.IndexOf('/') is >= 0 and var slash ? text[..slash] : text;
}
