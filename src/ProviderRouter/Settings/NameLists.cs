using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ProviderRouter.Settings;

/// <summary>Lists of names as settings: with commas between, each as browsers write it.</summary>
internal static class NameLists
{
    private static readonly SearchValues<char> HostLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");
    private static readonly SearchValues<char> AuthorityLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.:[]");
    private static readonly SearchValues<char> SchemeLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789+-.");

    /// <summary>Names of hosts, without a port.</summary>
    public static ValueForm<IReadOnlyList<string>> Hosts { get; } =
        Of("names of hosts with commas between, for example router.lan, or \"\"", Host);

    /// <summary>Origins of web pages: scheme, host and, where it is not the scheme's own, port.</summary>
    public static ValueForm<IReadOnlyList<string>> Origins { get; } =
        Of("origins with commas between, for example http://localhost:5173, or \"\"", Origin);

    private static ValueForm<IReadOnlyList<string>> Of(string allowed, Func<string, string?> normalise) => new(
        allowed,
        (string text, [MaybeNullWhen(false)] out IReadOnlyList<string> names) =>
        {
            var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var known = parts.Select(part => normalise(part.ToLowerInvariant())).OfType<string>().ToList();
            names = [.. known.Distinct(StringComparer.Ordinal)];
            return known.Count == parts.Length;
        },
        names => string.Join(',', names));

    private static string? Host(string text)
    {
        var name = text.TrimEnd('.');
        return name.Length > 0 && !name.AsSpan().ContainsAnyExcept(HostLetters) && !name.Contains("..", StringComparison.Ordinal) ? name : null;
    }

    /// <summary>A browser leaves a scheme's own port out. The schemes of applications (<c>app://…</c>) have none.</summary>
    private static string? Origin(string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        if (end <= 0 || text.AsSpan(0, end).ContainsAnyExcept(SchemeLetters)
            || end + 3 == text.Length || text.AsSpan(end + 3).ContainsAnyExcept(AuthorityLetters))
        {
            return null;
        }

        return text[..end] is not ("http" or "https") ? text
            : Uri.TryCreate(text, UriKind.Absolute, out var url) ? url.GetLeftPart(UriPartial.Authority)
            : null;
    }
}
