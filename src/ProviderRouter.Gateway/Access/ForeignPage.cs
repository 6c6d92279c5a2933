using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ProviderRouter.Gateway.Access;

/// <summary>
/// Providers answer at the router's own address. A page of theirs that a browser shows could do there whatever a person can do on the
/// dashboard: so browsers are told to run nothing in it, and to keep it apart.
/// </summary>
/// <remarks>Source: https://www.w3.org/TR/CSP3/#directive-sandbox</remarks>
internal static class ForeignPage
{
    private const string Fence = "sandbox";

    /// <summary>Says so in the answer, where a browser would show it: programs ask for no HTML.</summary>
    public static void KeepApart(HttpContext context)
    {
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        // The server's own: as it starts, those of an answer may still be held.
        var headers = context.Response.Headers;
        context.Response.OnStarting(() =>
        {
            headers.ContentSecurityPolicy = StringValues.Concat(headers.ContentSecurityPolicy, Fence);
            return Task.CompletedTask;
        });
    }
}
