using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Gateway.Startup;

/// <summary>The life of the server: it starts, says where it is, runs until it is told to stop, and lets what runs finish.</summary>
internal static class GatewayServer
{
    /// <exception cref="SetUpException">It could not start.</exception>
    public static async Task RunAsync(GatewayOptions options, TimeProvider time)
    {
        await using var app = GatewayApp.Build(options, time);
        try
        {
            await app.StartAsync();
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new SetUpException($"Port {options.Port} of {options.Host} is in use. Is the router running already?"
                + " Choose another port with --port or PORT.", error);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new SetUpException($"The router cannot listen on {options.Host}, port {options.Port}:"
                + $" {error.GetBaseException().Message.TrimEnd('.')}. Choose others with --host and --port.", error);
        }

        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        stopping.Register(() => Console.Error.WriteLine(
            $"Stopping: requests that run may finish, for {GatewayOptions.ShutdownTimeout.TotalSeconds:0} s at the most."));
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        NoteAddress(app.Services.GetRequiredService<SqliteAuditLog>(), address);
        var greeting = new Greeting(app.Services, options, address).SayAsync(Console.Out, stopping);
        await app.WaitForShutdownAsync();
        await greeting;
    }

    /// <summary>Tells provider-cli status where to ask.</summary>
    private static void NoteAddress(SqliteAuditLog log, string address)
    {
        try
        {
            log.NoteUrl(address);
        }
        catch (SqliteException error)
        {
            Console.Error.WriteLine($"Warning: provider-cli status will not find this server: {error.Message}");
        }
    }
}
