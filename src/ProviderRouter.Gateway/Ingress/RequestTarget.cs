using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ProviderRouter.Gateway.Ingress;

/// <summary>What a client asked for, as it wrote it.</summary>
internal static class RequestTarget
{
    /// <summary>The path under which providers answer.</summary>
    public const string Prefix = "/v1";

    /// <summary>In the query of a list of models: who is to answer. It is for the router, and not passed on.</summary>
    public const string ProviderParameter = "provider";

    /// <summary>True for <c>GET /v1/models</c>.</summary>
    public static bool IsModelList(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.Equals("/v1/models", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// What follows <c>/v1</c>: path and query with every escape as the client wrote it, not as the server understood it.
    /// </summary>
    public static string BelowPrefix(HttpRequest request)
    {
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var target = raw.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !HasDots(raw)
            ? raw[Prefix.Length..]
            // In absolute form, or with dots that could climb above the provider's base URL: what the server understood.
            : request.Path.ToUriComponent()[Prefix.Length..] + request.QueryString.ToUriComponent();
        return IsModelList(request) ? WithoutProvider(target) : target;
    }

    /// <summary>True when a segment of the path is <c>.</c> or <c>..</c>, escaped or not.</summary>
    private static bool HasDots(string raw)
    {
        var path = raw.AsSpan();
        path = path.IndexOf('?') is >= 0 and var query ? path[..query] : path;
        foreach (var segment in path.Split('/'))
        {
            if (path[segment] is "." or ".." || path[segment].Contains("%2e", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string WithoutProvider(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
        {
            return target;
        }

        var kept = target[(query + 1)..].Split('&')
            .Where(pair => pair != ProviderParameter && !pair.StartsWith(ProviderParameter + "=", StringComparison.Ordinal))
            .ToArray();
        return kept.Length == 0 ? target[..query] : $"{target[..query]}?{string.Join('&', kept)}";
    }
}
