using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Gateway.Access;
using ProviderRouter.Gateway.Admin;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Dashboard;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Gateway.Dashboard.Session;
using ProviderRouter.Gateway.Forwarding;
using ProviderRouter.Gateway.Forwarding.Attempts;
using ProviderRouter.Gateway.Indexing;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Gateway.Retention;
using ProviderRouter.Gateway.Routing;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Gateway;

/// <summary>The server: every route and every step, on one screen.</summary>
public static class GatewayApp
{
    /// <summary>Puts the server together; nothing listens before it is started.</summary>
    /// <exception cref="SetUpException">The database cannot be used.</exception>
    public static WebApplication Build(GatewayOptions options, TimeProvider time)
    {
        var (database, log) = OpenDatabase(options, time);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Logging
            .SetMinimumLevel(options.LogLevel)
            .AddFilter("Microsoft", level => level >= LogLevel.Warning && level >= options.LogLevel)
            // A server that cannot start says so in one line of its own.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            // What it says of an answer that was cut (AnswerCut) is in the record; the router's own failures are reported by the forwarder.
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical)
            // What YARP would say of a failure stands in the record, and in a warning of ours.
            .AddFilter("Yarp", level => level < LogLevel.Information && level >= options.LogLevel)
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));

        builder.Services
            // What is read from a socket is handled by the thread that read it, and not handed on to another first.
            .Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true)
            .Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true)
            .Configure<HostOptions>(host => host.ShutdownTimeout = GatewayOptions.ShutdownTimeout)
            .AddHttpForwarder()
            .AddSingleton(options).AddSingleton(time).AddSingleton(database).AddSingleton(log)
            .AddSingleton<UpstreamClients>().AddSingleton<ProviderCall>().AddSingleton<Breakers>().AddSingleton<IBreakerStates>(services => services.GetRequiredService<Breakers>()).AddSingleton<AttemptLoop>()
            .AddSingleton(services => WriterOf(log, options, time, services))
            .AddSingleton<OpenExchanges>().AddSingleton<RouteSelector>().AddSingleton<Doorkeeper>().AddSingleton<Forwarder>().AddSingleton<HealthEndpoint>().AddSingleton<AdminApi>().AddSingleton<UiDoor>().AddSingleton<LogReading>().AddSingleton<DashboardApp>()
            .AddHostedService<RetentionTask>().AddHostedService<IndexTask>();

        var app = builder.Build();
        var forwarder = app.Services.GetRequiredService<Forwarder>();
        var health = app.Services.GetRequiredService<HealthEndpoint>();
        var admin = app.Services.GetRequiredService<AdminApi>();
        var door = app.Services.GetRequiredService<Doorkeeper>();

        app.Run(context => context.Request.Path switch
        {
            _ when door.AnswersPreflight(context) => Task.CompletedTask,
            // Who may not come in is on record here, so the forwarder asks the doorkeeper itself.
            var path when path.StartsWithSegments(RequestTarget.Prefix, StringComparison.OrdinalIgnoreCase) => forwarder.HandleAsync(context),
            var path when path.StartsWithSegments(AdminApi.Prefix, StringComparison.OrdinalIgnoreCase) => door.GuardAsync(context, Area.Admin, admin.HandleAsync),
            // Made when somebody first looks.
            var path when path.StartsWithSegments(Doorkeeper.DashboardPrefix, StringComparison.OrdinalIgnoreCase) =>
                app.Services.GetRequiredService<UiDoor>().GuardAsync(context, app.Services.GetRequiredService<DashboardApp>().HandleAsync),
            var path when path == "/" && IsRead(context.Request) => door.GuardAsync(context, Area.Open, DashboardApp.LeadTo),
            var path when path == "/health" && IsRead(context.Request) => door.GuardAsync(context, Area.Open, health.AnswerAsync),
            _ => door.GuardAsync(context, Area.Open, OpenAIError.AnswerUnknownUrlAsync),
        });
        return app;
    }

    private static AuditLogWriter WriterOf(SqliteAuditLog log, GatewayOptions options, TimeProvider time, IServiceProvider services)
    {
        // Asked for here: while the server ends, the writer still needs it, and the services cannot be asked any more.
        var routes = services.GetRequiredService<RouteSelector>();
        return new(log, options.Data, () => routes.Settings.Audit, time, services.GetRequiredService<ILogger<AuditLogWriter>>());
    }

    private static (SqliteDatabase Database, SqliteAuditLog Log) OpenDatabase(GatewayOptions options, TimeProvider time)
    {
        var database = SqliteDatabase.Open(options.Data, time);
        try
        {
            using var providers = database.OpenProviders();
            providers.Apply(options.ProviderOverrides);
            KeyCheck.RefuseToStartWithout(database, options, time);
            return (database, database.OpenLogForAppending());
        }
        catch (SqliteException error)
        {
            throw SqliteDatabase.Explain(error, database.Path);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, GatewayOptions options)
    {
        kestrel.Listen(options.Host, options.Port);
        kestrel.AddServerHeader = false;
        // Header values are bytes to a proxy. Latin-1 takes each byte for a character, and gives each back.
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.Limits.MaxConcurrentConnections = kestrel.Limits.MaxConcurrentUpgradedConnections = options.MaxConnections;
        kestrel.Limits.MaxRequestLineSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 200;
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(15));
        // Bodies pass through and are never held whole; how large they may be is a setting (Doorkeeper).
        kestrel.Limits.MaxRequestBodySize = null;
        // A client may stop reading a stream for a while; the provider's silence is what is limited.
        kestrel.Limits.MinResponseDataRate = null;
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
