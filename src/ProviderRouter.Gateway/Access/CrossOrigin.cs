using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ProviderRouter.Gateway.Access;

/// <summary>What a browser must be told before a page of another origin, which is allowed, gets to see an answer (CORS).</summary>
/// <remarks>Source: https://fetch.spec.whatwg.org/#http-cors-protocol</remarks>
internal static class CrossOrigin
{
    /// <summary>True for the question that a browser asks before the request itself.</summary>
    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0 && request.Headers.AccessControlRequestMethod.Count > 0;

    /// <summary>Answers that question with yes.</summary>
    public static void AnswerPreflight(HttpContext context, string origin)
    {
        var (asked, answer) = (context.Request.Headers, context.Response.Headers);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        answer.AccessControlAllowOrigin = origin;
        answer.AccessControlAllowMethods = asked.AccessControlRequestMethod;
        answer.AccessControlAllowHeaders = asked.AccessControlRequestHeaders;
        answer.AccessControlMaxAge = "600";
        if (asked.ContainsKey("access-control-request-private-network"))
        {
            answer["access-control-allow-private-network"] = "true";
        }

        answer.Vary = "origin, access-control-request-method, access-control-request-headers";
    }

    /// <summary>Lets the page see the answer, whatever the provider says of pages: it speaks of its own address.</summary>
    public static void Allow(HttpContext context, string origin)
    {
        // The server's own: as it starts, those of an answer may still be held.
        var headers = context.Response.Headers;
        context.Response.OnStarting(() =>
        {
            headers.AccessControlAllowOrigin = origin;
            headers.Remove("access-control-allow-credentials");
            headers.Vary = StringValues.Concat(headers.Vary, "origin");
            headers.AccessControlExposeHeaders = string.Join(", ", headers.Select(header => header.Key.ToLowerInvariant())
                .Where(name => name.StartsWith("x-", StringComparison.Ordinal) || name == "retry-after"));
            return Task.CompletedTask;
        });
    }
}
