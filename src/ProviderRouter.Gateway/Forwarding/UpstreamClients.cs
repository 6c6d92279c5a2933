using System.Collections.Concurrent;
using ProviderRouter.Providers;
using ProviderRouter.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace ProviderRouter.Gateway.Forwarding;

/// <summary>The HTTP clients and limits of providers: those that have the same limits share them, and their connections.</summary>
public sealed class UpstreamClients(GatewayOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<TimeSpan, HttpMessageInvoker> clients = new();
    private readonly ConcurrentDictionary<TimeSpan, ForwarderRequestConfig> configs = new();

    /// <summary>The client of those that have no limits of their own.</summary>
    public HttpMessageInvoker Default { get; } = new(UpstreamConnection.CreateHandler());

    private ForwarderRequestConfig DefaultConfig { get; } = Limit(options.RequestTimeout);

    /// <summary>The client for a provider.</summary>
    public HttpMessageInvoker For(Provider provider) => provider.ConnectTimeout is not { } limit ? Default
        : clients.GetOrAdd(limit, static limit => new(UpstreamConnection.CreateHandler(limit)));

    /// <summary>How long a provider may be silent, as YARP takes it.</summary>
    public ForwarderRequestConfig ConfigFor(Provider provider) =>
        provider.IdleTimeout is { } limit ? configs.GetOrAdd(limit, Limit) : DefaultConfig;

    /// <summary>How long a provider may be silent; 0 for ever.</summary>
    public TimeSpan SilenceOf(Provider provider) => provider.IdleTimeout ?? options.RequestTimeout;

    private static ForwarderRequestConfig Limit(TimeSpan silence) =>
        new() { ActivityTimeout = silence > TimeSpan.Zero ? silence : TimeSpan.FromMilliseconds(int.MaxValue) };

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        Default.Dispose();
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }
}
