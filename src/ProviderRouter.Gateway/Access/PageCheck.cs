using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Access;

/// <summary>
/// Looks at where a request for one of the dashboard's pages comes from. A link on any page may lead there, as in a wiki; but no
/// page may show it inside of itself, fetch it, or send a form to it, not even one that may use the providers.
/// </summary>
/// <remarks>Source: https://www.w3.org/TR/fetch-metadata/</remarks>
internal static class PageCheck
{
    /// <summary>The refusal of what does not come from the dashboard itself; null when it does, or when it is a link.</summary>
    public static OpenAIError? Refuse(HttpRequest request)
    {
        var headers = request.Headers;
        string? site = headers["sec-fetch-site"], origin = headers.Origin;
        if (origin is not null && !OriginCheck.IsOwn(request, origin))
        {
            return OpenAIError.NotFromThisPage(origin);
        }

        var isSame = site is null or "same-origin";
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            // "none": an address that was typed, or a bookmark. An address that a frame shows is no "document".
            return isSame || site == "none" || (headers["sec-fetch-mode"] == "navigate" && headers["sec-fetch-dest"] == "document")
                ? null : OpenAIError.NotFromThisPage(origin);
        }

        // One of the two has to be there: a form without either is none that a browser of today sends.
        return isSame && (origin ?? site) is not null ? null : OpenAIError.NotFromThisPage(origin);
    }
}
