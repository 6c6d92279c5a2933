using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using ProviderRouter.Gateway.Forwarding;
using ProviderRouter.Gateway.Routing;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Upstream;

namespace ProviderRouter.Gateway.Startup;

/// <summary>
/// What the server says as it starts: where it listens, who answers and whether it does, where the database is, and a line
/// to type that works right now.
/// </summary>
internal sealed class Greeting(IServiceProvider services, GatewayOptions options, string address)
{
    /// <summary>The active provider gets this long to say whether it answers.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Says it. The server answers requests in the meantime.</summary>
    public async Task SayAsync(TextWriter output, CancellationToken stopping)
    {
        await output.WriteLineAsync($"Provider Router {ProductVersion.Text} listens on {address}/v1");
        await output.WriteLineAsync($"Database: {services.GetRequiredService<SqliteDatabase>().Path}");
        if (!System.Net.IPAddress.IsLoopback(options.Host) && !options.AsksForKeys)
        {
            await Console.Error.WriteLineAsync(
                "Warning: this address can be reached from other machines, and whoever reaches it can use your providers and keys.");
        }

        if (services.GetRequiredService<SqliteDatabase>().Exposure is { } exposure)
        {
            await Console.Error.WriteLineAsync($"Warning: {exposure}");
        }

        try
        {
            await SayWhoAnswersAsync(output, stopping);
        }
        catch (SqliteException error)
        {
            await Console.Error.WriteLineAsync($"Warning: {SqliteDatabase.Explain(error, options.Data.DatabasePath).Message}");
        }
        catch (OperationCanceledException)
        {
            // Told to stop before the provider had answered.
        }
    }

    private async Task SayWhoAnswersAsync(TextWriter output, CancellationToken stopping)
    {
        var active = services.GetRequiredService<RouteSelector>().FindActive();
        var database = services.GetRequiredService<SqliteDatabase>();
        using var store = database.OpenProviders();
        var probe = store.Find(active.Name) is { Enabled: true } provider
            ? await new ProviderProbe(services.GetRequiredService<UpstreamClients>().Default, options.Environment, database.Vault, TimeProvider.System)
                .ProbeAsync(provider, ProbeTimeout, stopping)
            : null;

        await output.WriteLineAsync(probe switch
        {
            { Healthy: true } => $"Active provider: {active.Name} (answers, {probe.LatencyMs:0} ms, {ModelCount(probe.Models.Count)})",
            { Error: { } error } => $"Active provider: {active.Name} (does not answer)\n  {error}",
            _ => $"Active provider: {active.Name} (not known or disabled)\n  Choose one with `provider-cli set NAME`.",
        });

        var (note, header, model) = probe is { Healthy: true }
            ? ("Try it:", "", store.Find(active.Name)?.DefaultModel ?? (probe.Models.Count > 0 ? probe.Models[0] : "default"))
            : ("Try it without a model, through the provider echo:", " -H 'x-router-provider: echo'", "echo");
        var key = options.AsksForKeys ? " -H 'authorization: Bearer KEY'" : "";
        // The encoder leaves no quote of either kind as it is, so the line can be pasted into a shell.
        var body = $$"""{"model":"{{JsonEncodedText.Encode(model)}}","messages":[{"role":"user","content":"Hello"}]}""";
        await output.WriteLineAsync(
            $"{note}\n  curl {address}/v1/chat/completions{header}{key} -H 'content-type: application/json' -d '{body}'");
        await output.WriteLineAsync("Switch with: provider-cli set NAME");
    }

    private static string ModelCount(int count) => count == 1 ? "1 model" : $"{count} models";
}
