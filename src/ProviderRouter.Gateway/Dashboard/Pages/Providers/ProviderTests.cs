using System.Collections.Concurrent;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Gateway.Forwarding;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Upstream;

namespace ProviderRouter.Gateway.Dashboard.Pages.Providers;

/// <summary>What providers said when they were asked last, by a test or because somebody looked; it is forgotten with the server's end.</summary>
internal sealed class ProviderTests(SqliteDatabase database, UpstreamClients clients, GatewayOptions options, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, ProbeResult Result)> last = new(StringComparer.Ordinal);

    /// <summary>Asks one.</summary>
    public async Task AskAsync(Provider provider, CancellationToken left)
    {
        var result = await new ScrubbedProbe(clients, options.Environment, database.Vault, time).AskAsync(provider, Timeout, left);
        Note(provider.Name, result);
    }

    /// <summary>Notes what one just said.</summary>
    public void Note(string name, ProbeResult result) => last[name] = (time.GetUtcNow(), result);

    /// <summary>What one said last, and when; null when nobody asked.</summary>
    public TestedModel? Find(string name) => last.TryGetValue(name, out var test)
        ? new(Moment.Ago(test.At, time), Words(test.Result), test.Result, test.At) : null;

    /// <summary>Forgets what one said that is another by now.</summary>
    public void Forget(string name) => last.TryRemove(name, out _);

    private static Badge Words(ProbeResult result) => result.Healthy
        ? new(Tone.Good, $"answers, {ReadableDuration.From(result.LatencyMs)}") : new(Tone.Bad, "failed");
}
