using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Dashboard.Session;

namespace ProviderRouter.Gateway.Dashboard.Layout;

/// <summary>
/// A sentence that one answer leaves for the page after it, in a cookie. In the address anybody could put words into the router's
/// mouth; so could in a cookie whoever else answers on this machine, or under <c>/v1</c>: it is signed with what only the pages know.
/// </summary>
internal static class SaidMessage
{
    private const string Cookie = "provider-router-said";
    private const int Longest = 1000;
    private const int SealLength = 43;

    private static CookieOptions Options => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/ui", MaxAge = TimeSpan.FromMinutes(1) };

    /// <summary>Leaves it.</summary>
    public static void Put(HttpContext context, string text)
    {
        var escaped = Uri.EscapeDataString(text.Length > Longest ? text[..Longest] : text);
        context.Response.Cookies.Append(Cookie, Seal(context, escaped) + escaped, Options);
    }

    /// <summary>What was left, once; null for nothing.</summary>
    public static string? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > SealLength and <= SealLength + (Longest * 9) } left || context.Response.HasStarted)
        {
            return null;
        }

        context.Response.Cookies.Delete(Cookie, Options);
        var escaped = left[SealLength..];
        return left.StartsWith(Seal(context, escaped), StringComparison.Ordinal) ? Uri.UnescapeDataString(escaped) : null;
    }

    private static string Seal(HttpContext context, string escaped) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(UiVisitor.Of(context).Token), Encoding.UTF8.GetBytes(escaped)));
}
