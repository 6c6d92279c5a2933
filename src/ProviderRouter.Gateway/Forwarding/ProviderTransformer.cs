using System.Text;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Forwarding.Attempts;
using ProviderRouter.Gateway.Forwarding.Masking;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Gateway.Routing;
using ProviderRouter.Providers;
using Yarp.ReverseProxy.Forwarder;

namespace ProviderRouter.Gateway.Forwarding;

/// <summary>
/// What is changed on the way, and nothing else is: the address and the key of the request, and the router's own headers.
/// </summary>
internal sealed class ProviderTransformer(Exchange exchange, Target target, Uri url, DeclineRule rule, TimeProvider time) : HttpTransformer
{
    // Where clients put keys; none of them reaches a provider that has a key of its own.
    private static readonly string[] KeyHeaders = ["authorization", "x-api-key", "api-key", "x-goog-api-key"];

    private readonly Provider provider = target.Provider;

    /// <summary>What it answered, where that is not passed on.</summary>
    public CallResult? Declined { get; private set; }

    /// <summary>What keeps the provider's key out of its error; null where there is no need.</summary>
    public KeyMaskStream? Mask { get; private set; }

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = url;
        proxyRequest.Headers.Host = null;
        proxyRequest.Headers.Remove(RouterHeaders.Provider);
        proxyRequest.Headers.Remove(RouterHeaders.Replays);
        foreach (var name in exchange.Admission.KeyHeaders)
        {
            Remove(proxyRequest, name);
        }

        foreach (var name in ConnectionOptions(httpContext.Request.Headers.Connection))
        {
            proxyRequest.Headers.Remove(name);
        }

        foreach (var (name, value) in provider.Headers)
        {
            proxyRequest.Headers.Remove(name);
            if (!proxyRequest.Headers.TryAddWithoutValidation(name, value) && proxyRequest.Content is { } content)
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (target.Key is { } key)
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
        if (proxyResponse is not null && rule.MayFollow && DeclinedAnswer.Is(proxyResponse.StatusCode)
            && DeclinedAnswer.RetryAfter(proxyResponse, time) is var retryAfter && rule.Declines(retryAfter) && exchange.TryDecline())
        {
            Declined = await DeclinedAnswer.ReadAsync(proxyResponse, retryAfter, time, cancellationToken);
            return false;
        }

        var mayTellKey = proxyResponse is not null && (int)proxyResponse.StatusCode >= 400 && target.Key is { Length: >= 8 };
        if (mayTellKey && proxyResponse!.Content.Headers.ContentEncoding.Any(coding => !ContentCoding.IsNone(coding))
            && !HttpMethods.IsHead(httpContext.Request.Method))
        {
            await PackedError.UnpackAsync(proxyResponse, cancellationToken);
        }

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
        if (!exchange.IsCommented)
        {
            exchange.ResponseBody.Describe(response.ContentType, response.Headers.ContentEncoding);
        }

        response.Headers[RouterHeaders.Provider] = provider.Name;
        response.Headers[RouterHeaders.RequestId] = exchange.RequestId;
        if (mayTellKey)
        {
            response.Body = Mask = new KeyMaskStream(response.Body, Encoding.UTF8.GetBytes(target.Key!));
        }

        if (MediaType.IsEventStream(response.ContentType) && !rule.MayFollow && provider.KeepAlive is null)
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
