using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Providers;
using Yarp.ReverseProxy.Forwarder;

namespace ProviderRouter.Gateway.Forwarding;

/// <summary>
/// What is changed on the way, and nothing else is: the address and the key of the request, and the router's own headers.
/// </summary>
internal sealed class ProviderTransformer(Exchange exchange, Provider provider, Uri url, string? key) : HttpTransformer
{
    // Where clients put keys; none of them reaches a provider that has a key of its own.
    private static readonly string[] KeyHeaders = ["authorization", "x-api-key", "api-key", "x-goog-api-key"];

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = url;
        proxyRequest.Headers.Host = null;
        proxyRequest.Headers.Remove(RouterHeaders.Provider);
        foreach (var name in exchange.Admission.KeyHeaders)
        {
            Remove(proxyRequest, name);
        }

        foreach (var name in ConnectionOptions(httpContext.Request.Headers.Connection))
        {
            proxyRequest.Headers.Remove(name);
        }

        if (key is not null)
        {
            foreach (var name in KeyHeaders)
            {
                proxyRequest.Headers.Remove(name);
            }

            proxyRequest.Headers.Remove(provider.Key.Header);
            proxyRequest.Headers.TryAddWithoutValidation(provider.Key.Header, provider.Key.Prefix + key);
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null || !await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken))
        {
            return false;
        }

        var response = httpContext.Response;
        foreach (var name in proxyResponse.Headers.Connection)
        {
            response.Headers.Remove(name);
        }

        exchange.UpstreamStatus = (int)proxyResponse.StatusCode;
        exchange.ResponseBody.Describe(response.ContentType, response.Headers.ContentEncoding);
        response.Headers[RouterHeaders.Provider] = provider.Name;
        response.Headers[RouterHeaders.RequestId] = exchange.RequestId;
        if (MediaType.IsEventStream(response.ContentType))
        {
            // The first token may be a while in coming; that the provider has begun is known now.
            await response.StartAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>Removes a header of any name; the two collections refuse names of each other's.</summary>
    private static void Remove(HttpRequestMessage request, string name)
    {
        if (request.Headers.NonValidated.Contains(name))
        {
            request.Headers.Remove(name);
        }
        else if (request.Content?.Headers.NonValidated.Contains(name) == true)
        {
            request.Content.Headers.Remove(name);
        }
    }

    /// <summary>The headers that a <c>connection</c> header names are for the next hop only (RFC 9110, 7.6.1).</summary>
    private static IEnumerable<string> ConnectionOptions(string? connection) =>
        (connection ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(name => !name.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)
            && !name.Equals("close", StringComparison.OrdinalIgnoreCase)
            && !name.Equals("upgrade", StringComparison.OrdinalIgnoreCase));
}
