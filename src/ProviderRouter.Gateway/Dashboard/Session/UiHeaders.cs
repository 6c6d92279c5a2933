using Microsoft.AspNetCore.Http;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>What every answer under <c>/ui</c> tells the browser: to run, load and show nothing but what is the router's own.</summary>
internal static class UiHeaders
{
    /// <summary>No inline script or style runs, no text becomes markup by script but a page of the router's own that refresh.js loads anew, and nothing leaves for another host.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
        + " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types router-page";

    /// <summary>Sets them, before anything else is: a page that may be kept says so itself.</summary>
    public static void Write(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not "no-referrer": forms would be sent without saying where they come from.
        headers["referrer-policy"] = "same-origin";
        headers["cross-origin-opener-policy"] = "same-origin";
        headers["cross-origin-resource-policy"] = "same-origin";
        headers["permissions-policy"] = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.CacheControl = "no-store";
    }
}
