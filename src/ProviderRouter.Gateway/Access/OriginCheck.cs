using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Access;

/// <summary>
/// Looks at which web page a browser speaks for. Any page that is open can send requests to servers on this machine; those of
/// pages that are neither the router's own nor allowed go no further. Programs that are no browsers send none of these headers.
/// </summary>
internal static class OriginCheck
{
    private const string FetchSite = "sec-fetch-site";
    private const string FetchMode = "sec-fetch-mode";

    /// <summary>The refusal of a page of another origin; null when the request is not from one, or it is allowed.</summary>
    public static OpenAIError? Refuse(HttpRequest request, Area area, IReadOnlyList<string> allowed)
    {
        if (request.Headers.Origin.Count > 0)
        {
            var origin = request.Headers.Origin.ToString();
            return IsOwn(request, origin) || IsAllowed(origin, allowed) ? null : OpenAIError.OriginNotAllowed(origin);
        }

        // Browsers leave Origin out where a page merely embeds something, or leads to it.
        return request.Headers.TryGetValue(FetchSite, out var site) && site.ToString() is "cross-site" or "same-site"
            && !(area == Area.Open && request.Headers[FetchMode] == "navigate")
            ? OpenAIError.OriginNotAllowed(origin: null) : null;
    }

    /// <summary>The origin of another page that may use the server; null for any other request.</summary>
    public static string? AllowedIn(HttpRequest request, IReadOnlyList<string> allowed) =>
        allowed.Count > 0 && request.Headers.Origin.Count == 1 && request.Headers.Origin.ToString() is var origin
        && IsAllowed(origin, allowed) ? origin : null;

    /// <summary>A page that the server itself gave out, perhaps through another server that speaks TLS in its place.</summary>
    public static bool IsOwn(HttpRequest request, string origin)
    {
        var host = request.Host.Value;
        return !string.IsNullOrEmpty(host)
            && (IsAt(origin, "http://", host) || IsAt(origin, "https://", host));
    }

    private static bool IsAt(string origin, string scheme, string host) =>
        origin.Length == scheme.Length + host.Length
        && origin.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && origin.EndsWith(host, StringComparison.OrdinalIgnoreCase);

    private static bool IsAllowed(string origin, IReadOnlyList<string> allowed) => allowed.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
