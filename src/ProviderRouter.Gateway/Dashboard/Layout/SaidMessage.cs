using Microsoft.AspNetCore.Http;

namespace ProviderRouter.Gateway.Dashboard.Layout;

/// <summary>
/// A sentence that one answer leaves for the page after it, in a cookie. In the address anybody could put words into the router's
/// mouth.
/// </summary>
internal static class SaidMessage
{
    private const string Cookie = "provider-router-said";
    private const int Longest = 1000;

    private static CookieOptions Options => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/ui", MaxAge = TimeSpan.FromMinutes(1) };

    /// <summary>Leaves it.</summary>
    public static void Put(HttpContext context, string text) =>
        context.Response.Cookies.Append(Cookie, Uri.EscapeDataString(text.Length > Longest ? text[..Longest] : text), Options);

    /// <summary>What was left, once; null for nothing.</summary>
    public static string? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 and <= Longest * 9 } text || context.Response.HasStarted)
        {
            return null;
        }

        context.Response.Cookies.Delete(Cookie, Options);
        return Uri.UnescapeDataString(text);
    }
}
