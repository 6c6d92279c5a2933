using System.Net;
using System.Security.Cryptography.X509Certificates;
using FakeUpstream.Chat;
using FakeUpstream.Recording;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FakeUpstream;

/// <summary>A provider on loopback that answers well, badly, slowly or not at all, as the request's model says.</summary>
public sealed class FakeUpstreamServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RequestLog _requests;
    private readonly CancellationLog _cancellations;
    private bool _stopped;

    private FakeUpstreamServer(WebApplication app, string name, RequestLog requests, CancellationLog cancellations)
    {
        _app = app;
        _requests = requests;
        _cancellations = cancellations;
        Name = name;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        BaseUrl = $"{address}/v1";
    }

    /// <summary>The values of <c>model</c> that choose a behaviour of <c>POST /v1/chat/completions</c>.</summary>
    public static IReadOnlyCollection<string> ScenarioNames => ChatScenarios.Names;

    /// <summary>Who answers: it stands in each chat answer's text and in each answer's <c>x-upstream-name</c>.</summary>
    public string Name { get; }

    /// <summary><c>http://127.0.0.1:PORT/v1</c>, or <c>https://</c></summary>
    public string BaseUrl { get; }

    /// <summary>The last 10,000 requests as received so far, oldest first; none with <c>record: false</c>.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _requests.Snapshot();

    /// <summary>Starts listening on loopback; port 0 takes a free one. With a certificate it speaks TLS, and HTTP/2 over it.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FakeUpstreamServer> StartAsync(
        string name = "fake", int port = 0, bool record = true, X509Certificate2? certificate = null)
    {
        var requests = new RequestLog();
        var cancellations = new CancellationLog();
        var builder = WebApplication.CreateSlimBuilder();
        // Neither the environment nor an appsettings.json that lies nearby may move the port or change the answers.
        builder.Configuration.Sources.Clear();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        // A taken port reaches the caller as an exception.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        // A stalled answer never ends by itself, so stopping does not wait for it.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => _ = certificate is null ? listen : listen.UseHttps(certificate));
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 256 * 1024;
        });

        var app = builder.Build();
        app.UseWebSockets();
        app.Use(new ExchangeObserver(name, record ? requests : null, cancellations).InvokeAsync);
        app.MapProviderRoutes();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new FakeUpstreamServer(app, name, requests, cancellations);
    }

    /// <summary>
    /// Completes when a client has left an unfinished answer of that scenario; each call takes one such event.
    /// Routes other than chat go by the segment after <c>/v1/</c>: <c>sink</c>, <c>responses</c>, <c>realtime</c>.
    /// </summary>
    /// <exception cref="TimeoutException">Nobody cancelled in time; the message says what was seen instead.</exception>
    public Task WaitForCancellationAsync(string scenario, TimeSpan timeout) => _cancellations.WaitAsync(scenario, timeout);

    /// <summary>Stops at once: answers under way are cut. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, true))
        {
            return;
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Ctrl+C belongs to the program around this server.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
