using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>
/// What a form must carry, so that no other page can have it sent: the signature of a random cookie that this browser alone has,
/// and of who is signed in.
/// </summary>
internal sealed class FormToken(SigningKey key)
{
    /// <summary>The field of a form that holds it.</summary>
    public const string Field = "_token";

    private const string Cookie = "pr-browser";
    private const int RandomBytes = 32;
    private const int RandomLength = 43;

    /// <summary>The token for this browser, which is given its cookie where it has none.</summary>
    public string For(HttpContext context, string? keyName)
    {
        var browser = BrowserOf(context.Request);
        if (browser is null)
        {
            browser = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
            // Lax and not Strict: a link in a wiki would come without it, get a new one, and make other tabs' forms worthless.
            context.Response.Cookies.Append(Cookie, browser, UiCookie.Options(context.Request, lifetime: null));
        }

        return key.Sign("form", browser, keyName ?? "");
    }

    /// <summary>True when a form came with the token that this browser was given.</summary>
    public bool Check(HttpContext context, string? keyName, string? shown) =>
        BrowserOf(context.Request) is { } browser && key.IsSignature(shown, "form", browser, keyName ?? "");

    private static string? BrowserOf(HttpRequest request) =>
        request.Cookies.TryGetValue(Cookie, out var value) && value.Length == RandomLength && Base64Url.IsValid(value) ? value : null;
}
