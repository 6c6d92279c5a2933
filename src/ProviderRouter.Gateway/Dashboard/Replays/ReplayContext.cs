using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Replay;

namespace ProviderRouter.Gateway.Dashboard.Replays;

/// <summary>A request of the log as the forwarder takes it: as if a client had sent it again.</summary>
internal static class ReplayContext
{
    /// <summary>Makes one.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="provider">Who is to answer.</param>
    /// <param name="client">The address of whoever asks for it.</param>
    /// <param name="aborted">Ends it early.</param>
    public static DefaultHttpContext Of(RecordedRequest request, string provider, IPAddress? client, CancellationToken aborted)
    {
        var (path, query) = Split(request.Address);
        var message = new HttpRequestFeature
        {
            Protocol = HttpProtocol.Http11,
            Scheme = Uri.UriSchemeHttp,
            Method = request.Origin.Method,
            Path = PathString.FromUriComponent(path).Value!,
            QueryString = query,
            RawTarget = request.Address,
            Body = request.Body is { } body ? OfBytes(body) : Stream.Null,
        };
        message.Headers.Host = "localhost";
        message.Headers[RouterHeaders.Provider] = provider;
        message.Headers[RouterHeaders.Replays] = request.Origin.RequestId;
        foreach (var header in request.Headers)
        {
            message.Headers.Append(header.Key, header.Value);
        }

        if (request.Body is { } bytes)
        {
            message.Headers.ContentLength = bytes.Length;
        }

        var (answer, features) = (new UnreadAnswer(), new FeatureCollection());
        features.Set<IHttpRequestFeature>(message);
        features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(request.Body is not null));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = aborted });
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = client });
        features.Set<IHttpResponseFeature>(answer);
        features.Set<IHttpResponseBodyFeature>(answer);
        return new DefaultHttpContext(features);
    }

    private static (string Path, string Query) Split(string address) =>
        address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? (address[..at], address[at..]) : (address, "");

    private static MemoryStream OfBytes(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) ? new(array.Array!, array.Offset, array.Count, writable: false) : new(bytes.ToArray(), writable: false);

    private sealed record BodyDetection(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
