using System.Collections.Concurrent;

namespace FakeUpstream.Recording;

/// <summary>Counts the answers that clients left unfinished, per scenario.</summary>
internal sealed class CancellationLog
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _cancelled = new(StringComparer.Ordinal);

    public void Report(string scenario) => Of(scenario).Release();

    public async Task WaitAsync(string scenario, TimeSpan timeout)
    {
        if (!await Of(scenario).WaitAsync(timeout))
        {
            var others = _cancelled.Where(entry => entry.Value.CurrentCount > 0).Select(entry => entry.Key);
            throw new TimeoutException(
                $"No client cancelled a request of scenario '{scenario}' within {timeout.TotalSeconds} s. " +
                $"Cancelled so far and not yet waited for: {string.Join(", ", others.DefaultIfEmpty("nothing"))}.");
        }
    }

    private SemaphoreSlim Of(string scenario) => _cancelled.GetOrAdd(scenario, _ => new SemaphoreSlim(0));
}
