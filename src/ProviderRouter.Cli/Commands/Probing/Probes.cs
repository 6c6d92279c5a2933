using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Upstream;

namespace ProviderRouter.Cli.Commands.Probing;

/// <summary>Questions to providers for their models, side by side over one HTTP client.</summary>
/// <param name="timeout">How long to wait for each.</param>
/// <param name="cancellation">Ends them all.</param>
internal sealed class Probes(
    SqliteDatabase database, RouterEnvironment environment, TimeProvider time, TimeSpan timeout, CancellationToken cancellation) : IDisposable
{
    private readonly HttpMessageInvoker client = new(UpstreamConnection.CreateHandler());

    /// <summary>Asks one.</summary>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public Task<ProbeResult> AskAsync(Provider provider) =>
        new ProviderProbe(client, environment, database.Vault, time).ProbeAsync(provider, timeout, cancellation);

    /// <summary>Asks several at the same time.</summary>
    /// <param name="answered">Called with each answer as it comes.</param>
    /// <returns>The answers, in the order of the providers.</returns>
    /// <exception cref="OperationCanceledException">They were ended.</exception>
    public async Task<IReadOnlyList<ProbeResult>> AskAsync(IEnumerable<Provider> providers, Action<ProbeResult>? answered = null)
    {
        var questions = providers.Select(AskAsync).ToList();
        await foreach (var question in Task.WhenEach(questions))
        {
            answered?.Invoke(await question);
        }

        return await Task.WhenAll(questions);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
