using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ProviderRouter.Upstream;

/// <summary>Why a provider could not be asked or gave no answer that is HTTP, in words.</summary>
/// <param name="Kind">What failed.</param>
/// <param name="Reason">The end of a sentence that begins with the provider's name, without a full stop.</param>
public sealed record UpstreamFailure(UpstreamFailureKind Kind, string Reason)
{
    /// <summary>Puts an exception of the HTTP client into words.</summary>
    public static UpstreamFailure From(Exception error, Uri url)
    {
        var place = ProviderAddress.HostAndPort(url);
        var socketError = Find<SocketException>(error)?.SocketErrorCode;
        var httpError = Find<HttpRequestException>(error)?.HttpRequestError;
        return (httpError, socketError) switch
        {
            (HttpRequestError.NameResolutionError, _) or (_, SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData) =>
                new(UpstreamFailureKind.NameNotFound, $"cannot be found: there is no host named '{url.Host}'"),
            (_, SocketError.ConnectionRefused) =>
                new(UpstreamFailureKind.Refused, $"cannot be reached: nothing listens at {place} (connection refused)"),
            (_, SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown) =>
                new(UpstreamFailureKind.Unreachable, $"cannot be reached: there is no way to {place} from here"),
            (HttpRequestError.SecureConnectionError, _) =>
                new(UpstreamFailureKind.Tls, $"has no secure connection to offer at {place}: {TlsReason(error)}"),
            (HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.HttpProtocolError, _) =>
                new(UpstreamFailureKind.NotHttp, $"answered at {place} with something that is not HTTP"),
            (HttpRequestError.ResponseEnded, _) or (_, SocketError.ConnectionReset or SocketError.ConnectionAborted) =>
                new(UpstreamFailureKind.Closed, $"closed the connection at {place} without an answer"),
            _ when error is OperationCanceledException =>
                new(UpstreamFailureKind.Timeout, $"did not let a connection to {place} come about in time"),
            _ => new(UpstreamFailureKind.Unreachable, $"cannot be reached at {place}: {Innermost(error).Message.TrimEnd('.')}"),
        };
    }

    private static string TlsReason(Exception error) =>
        (Find<AuthenticationException>(error) ?? Innermost(error)).Message.TrimEnd('.');

    private static Exception Innermost(Exception error) => error.GetBaseException();

    private static T? Find<T>(Exception? error)
        where T : Exception => error switch
        {
            null => null,
            T found => found,
            AggregateException several => several.InnerExceptions.Select(Find<T>).FirstOrDefault(found => found is not null),
            _ => Find<T>(error.InnerException),
        };
}

/// <summary>What failed between the router and a provider.</summary>
public enum UpstreamFailureKind
{
    /// <summary>The host's name has no address.</summary>
    NameNotFound,

    /// <summary>Nothing listens at the port.</summary>
    Refused,

    /// <summary>No connection came about for another reason.</summary>
    Unreachable,

    /// <summary>TLS failed.</summary>
    Tls,

    /// <summary>The connection was closed before an answer.</summary>
    Closed,

    /// <summary>What came back is not HTTP.</summary>
    NotHttp,

    /// <summary>No connection in time.</summary>
    Timeout,
}
