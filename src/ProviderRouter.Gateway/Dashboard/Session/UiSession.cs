using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Access;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>
/// A session is a cookie that names an admin key and the end of it, signed together with the key's hash. The server keeps nothing:
/// each request looks for the key, so that revoking it, or its end, is the session's.
/// </summary>
internal sealed class UiSession(SigningKey signing)
{
    /// <summary>How long one stays signed in: 12 h.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private string Cookie => $"pr-session-{signing.Mark}";

    /// <summary>Begins one.</summary>
    public void Begin(HttpContext context, ClientKey key, DateTimeOffset now)
    {
        var (name, end) = (Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key.Name)), (now + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        context.Response.Cookies.Append(Cookie, $"{name}.{end}.{Signature(key, end)}", UiCookie.Options(context.Request, Lifetime));
    }

    /// <summary>Takes it back.</summary>
    public void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, UiCookie.Options(context.Request, lifetime: null));

    /// <summary>The key that the browser signed in with, valid still or not; null when there is no session, or it is over.</summary>
    public ClientKey? Find(HttpRequest request, KeyRing ring, DateTimeOffset now)
    {
        if (!request.Cookies.TryGetValue(Cookie, out var value) || value.Split('.') is not [var name, var end, var signature]
            || !long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var second) || second <= now.ToUnixTimeSeconds()
            || !Base64Url.IsValid(name))
        {
            return null;
        }

        return ring.Named(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(name)))
            .FirstOrDefault(key => signing.IsSignature(signature, Parts(key, end)));
    }

    private string Signature(ClientKey key, string end) => signing.Sign(Parts(key, end));

    private static string[] Parts(ClientKey key, string end) => ["session", key.Name, Convert.ToHexString(key.Hash.Span), end];
}
