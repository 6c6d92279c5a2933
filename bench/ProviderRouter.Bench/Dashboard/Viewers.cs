namespace ProviderRouter.Bench.Dashboard;

/// <summary>Browser windows on the live page, as far as the server sees them: each reads the stream of events as fast as it comes.</summary>
internal sealed class Viewers(Uri router) : IAsyncDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 100 })
    {
        BaseAddress = router, Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly CancellationTokenSource left = new();
    private readonly List<Task> watching = [];
    private long bytes;

    /// <summary>What all of them were sent so far.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>So many come, and are there when this returns.</summary>
    public async Task ComeAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var response = await client.GetAsync("ui/live/events", HttpCompletionOption.ResponseHeadersRead, left.Token);
            watching.Add(WatchAsync(response.EnsureSuccessStatusCode()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await left.CancelAsync();
        await Task.WhenAll(watching);
        client.Dispose();
        left.Dispose();
    }

    private async Task WatchAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var block = new byte[64 * 1024];
            try
            {
                await using var stream = await response.Content.ReadAsStreamAsync(left.Token);
                for (int read; (read = await stream.ReadAsync(block, left.Token)) > 0;)
                {
                    Interlocked.Add(ref bytes, read);
                }

                throw new InvalidOperationException("The server ended the stream of events.");
            }
            catch (OperationCanceledException)
            {
                // They leave.
            }
        }
    }
}
