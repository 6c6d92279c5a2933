using System.Net;
using System.Text;

namespace ProviderRouter.Upstream;

/// <summary>How connections to providers are made: nothing is followed, unpacked, remembered or added on the way.</summary>
public static class UpstreamConnection
{
    /// <summary>How long a connection may take to come about. Default: 15 s.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>A handler that keeps connections for the life of the program. The caller disposes of it.</summary>
    /// <param name="connectTimeout">Default: <see cref="ConnectTimeout"/>.</param>
    public static SocketsHttpHandler CreateHandler(TimeSpan? connectTimeout = null) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        // No traceparent of ours: the request goes on as it came.
        ActivityHeadersPropagator = null,
        // Header values go on byte for byte, whatever their encoding is.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ConnectTimeout = connectTimeout ?? ConnectTimeout,
        EnableMultipleHttp2Connections = true,
        // A provider's address may move while the router runs for months.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        Proxy = new ProxyBeyondLoopback(HttpClient.DefaultProxy),
    };

    /// <summary>HTTPS_PROXY and its like, or the system's own settings, but never for a provider on this machine.</summary>
    private sealed class ProxyBeyondLoopback(IWebProxy configured) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => configured.Credentials;
            set => configured.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => configured.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || configured.IsBypassed(host);
    }
}
