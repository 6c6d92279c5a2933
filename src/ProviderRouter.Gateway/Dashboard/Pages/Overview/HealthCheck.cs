using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using ProviderRouter.Gateway.Dashboard.Pages.Providers;
using ProviderRouter.Gateway.Forwarding;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Upstream;

namespace ProviderRouter.Gateway.Dashboard.Pages.Overview;

/// <summary>Asks a provider for its models, to say how it does. Many who look at the same time ask once.</summary>
internal sealed class HealthCheck(SqliteDatabase database, UpstreamClients clients, ProviderTests tests, GatewayOptions options, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>So long an answer stands.</summary>
    private static readonly TimeSpan Stands = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Task<ProbeResult> Asked)> asked = new(StringComparer.Ordinal);

    /// <summary>Answers with a tone, words and a note as JSON; 404 for a provider that nobody can ask.</summary>
    public async Task<UiAnswer> AnswerAsync(UiRequest request)
    {
        Provider? provider;
        using (var store = database.OpenProviders())
        {
            provider = store.Find(request.Names[0]);
        }

        if (provider is not { Enabled: true, AnswersInside: false })
        {
            return UiAnswer.Text("There is no such provider that can be asked.", status: 404);
        }

        var result = await AskAsync(provider).WaitAsync(request.Left);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("tone"u8, result.Healthy ? "good" : "bad");
            json.WriteString("words"u8, result.Healthy ? $"answers, {ReadableDuration.From(result.LatencyMs)}" : "does not answer");
            json.WriteString("note"u8, result.Healthy
                ? $"It listed {result.Models.Count switch { 0 => "no model", 1 => $"the model {result.Models[0]}", var count => $"{count} models" }} just now."
                : result.Error);
            json.WriteEndObject();
        }

        return UiAnswer.Bytes(buffer.WrittenMemory, "application/json");
    }

    private Task<ProbeResult> AskAsync(Provider provider)
    {
        var now = time.GetUtcNow();
        foreach (var (old, _) in asked.Where(pair => now - pair.Value.At > Stands))
        {
            asked.TryRemove(old, out _);
        }

        return asked.GetOrAdd(Question(provider), _ => (now, ProbeAsync(provider))).Asked;
    }

    /// <summary>What is asked, and with which key: another key may get another answer.</summary>
    private static string Question(Provider provider) => string.Join('\0',
    [
        provider.Name, provider.BaseUrl, provider.Query, provider.Key.EnvironmentVariable, provider.Key.Header, provider.Key.Prefix,
        provider.Key.Sealed is { } key ? Convert.ToBase64String(key) : "", .. provider.Headers.Select(header => $"{header.Key}:{header.Value}"),
    ]);

    private async Task<ProbeResult> ProbeAsync(Provider provider)
    {
        var result = await new ScrubbedProbe(clients, options.Environment, database.Vault, time).AskAsync(provider, Timeout, CancellationToken.None);
        tests.Note(provider.Name, result);
        return result;
    }
}
