using System.Buffers;

namespace ProviderRouter.Gateway.Dashboard.Markup;

/// <summary>Which addresses in a text of strangers a page may lead to.</summary>
internal static class SafeAddress
{
    /// <summary>A longer one is none that a person would follow.</summary>
    private const int Longest = 4096;

    private const int LongestImage = 2 * 1024 * 1024;

    private static readonly string[] Schemes = ["http", "https", "mailto"];

    private static readonly string[] ImageStarts =
        ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,"];

    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>True of a whole address on the web, or of a mail box.</summary>
    public static bool IsLink(string? address) =>
        address is { Length: > 0 and <= Longest } && !address.Contains(' ', StringComparison.Ordinal) && !VisibleText.HasHidden(address)
        && Schemes.Any(scheme => address.StartsWith(scheme + (scheme == "mailto" ? ":" : "://"), StringComparison.OrdinalIgnoreCase))
        && Uri.TryCreate(address, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme);

    /// <summary>True of a picture that is in the address itself, of a kind that cannot hold a program.</summary>
    public static bool IsImage(string? address) =>
        address is { Length: <= LongestImage } && ImageStarts.FirstOrDefault(start => address.StartsWith(start, StringComparison.Ordinal)) is { } start
        && address.Length > start.Length && !address.AsSpan(start.Length).ContainsAnyExcept(Base64);
}
