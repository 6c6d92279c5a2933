using System.Buffers;

namespace ProviderRouter.Providers;

/// <summary>Which headers a provider may be given, and what may stand in its query. Values are never repeated in a problem.</summary>
public static class HeaderRules
{
    private const int MostHeaders = 64;
    private const int LongestName = 128;
    private const int LongestValue = 4096;
    private const int LongestQuery = 2048;

    // RFC 9110, 5.6.2.
    private static readonly SearchValues<char> TokenLetters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // For the next hop alone (RFC 9110, 7.6.1), or said by the connection or the body itself.
    private static readonly string[] Taken =
    [
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "te", "trailer", "transfer-encoding", "upgrade",
        "host", "expect", "content-length", "content-type", "content-encoding",
    ];

    /// <summary>What is wrong with a header's name; null when nothing is.</summary>
    public static string? NameProblem(string name)
    {
        if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAnyExcept(TokenLetters))
        {
            return $"A header's name must be 1 to {LongestName} letters, digits or hyphens, as in x-title.";
        }

        return Taken.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("x-router-", StringComparison.OrdinalIgnoreCase)
            ? $"The header {name} is the router's own to set."
            : KeyLike.MayBeIn(name) ? "The name of a header looks like a key." : null;
    }

    /// <summary>Every problem of a provider's headers.</summary>
    public static IEnumerable<string> Check(IReadOnlyDictionary<string, string> headers)
    {
        if (headers.Count > MostHeaders)
        {
            yield return $"There must be at most {MostHeaders} headers, not {headers.Count}.";
        }

        foreach (var twice in headers.Keys.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            yield return NameProblem(twice.Key) ?? $"The header {twice.Key} is there more than once.";
        }

        foreach (var (name, value) in headers)
        {
            if ((NameProblem(name) ?? ValueProblem(name, value)) is { } problem)
            {
                yield return problem;
            }
        }
    }

    /// <summary>What is wrong with a query; null when nothing is.</summary>
    public static string? QueryProblem(string query)
    {
        if (query.Length is 0 or > LongestQuery || query.AsSpan().ContainsAnyExceptInRange('!', '~') || query.Contains('#', StringComparison.Ordinal))
        {
            return $"The query must be 1 to {LongestQuery} letters of a URL, escaped where need be, as in api-version=v1.";
        }

        var names = query.Split('&').Select(pair => Uri.UnescapeDataString(pair.Split('=')[0]));
        return names.Any(SecretName.Is) || KeyLike.IsIn(Uri.UnescapeDataString(query))
            ? "The query must hold no key: keys are sent in a header, see --key-header." : null;
    }

    private static string? ValueProblem(string name, string value) =>
        SecretName.Is(name) || KeyLike.IsIn(value)
            ? $"The header {name} may hold a key, and is stored as it is. Keys are stored with --key-stdin or --key-env; --key-header says where they are sent."
        : value.Length is 0 or > LongestValue || value.Any(letter => char.IsControl(letter) || letter > 0xFF)
            ? $"The value of the header {name} must be 1 to {LongestValue} letters of Latin-1, without control characters."
        : null;
}
