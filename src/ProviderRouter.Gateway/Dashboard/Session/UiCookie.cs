using Microsoft.AspNetCore.Http;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>How the dashboard's cookies are set: no script reads them, no other site's form brings them, and only <c>/ui</c> gets them.</summary>
internal static class UiCookie
{
    /// <param name="request">The request that is answered.</param>
    /// <param name="lifetime">How long the browser keeps it; null: until it is closed.</param>
    public static CookieOptions Options(HttpRequest request, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = UiPath.Prefix,
        Secure = CameByTls(request),
        MaxAge = lifetime,
    };

    /// <summary>The router speaks no TLS; what stands before it does, and says so. Who lies about it only keeps cookies from itself.</summary>
    private static bool CameByTls(HttpRequest request) =>
        request.IsHttps || string.Equals(request.Headers["x-forwarded-proto"], "https", StringComparison.OrdinalIgnoreCase)
        || request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
