using System.Diagnostics;
using System.Text;
using ProviderRouter.Bench.Session;

namespace ProviderRouter.Bench.Questions;

/// <summary>Sends 200 chats a second, whether or not the answers come.</summary>
internal sealed class SteadyWriter(Uri router) : IDisposable
{
    private const int PerSecond = 200;

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = router };
    private readonly Vocabulary vocabulary = new(seed: 3);
    private int done;
    private int failed;

    /// <summary>How many were answered.</summary>
    public int Done => done;

    /// <summary>How many failed.</summary>
    public int Failed => failed;

    public async Task RunAsync(CancellationToken stop)
    {
        var sent = new List<Task>();
        var started = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            for (var due = Stopwatch.GetElapsedTime(started).TotalSeconds * PerSecond; sent.Count < due;)
            {
                sent.Add(AskAsync(vocabulary.Text(600)));
            }

            await Task.Delay(2, CancellationToken.None);
        }

        await Task.WhenAll(sent);
    }

    public void Dispose() => client.Dispose();

    private async Task AskAsync(string text)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions");
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"model":"model-1","messages":[{"role":"user","content":{{CompactJson.Of(text)}}}]}"""));
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add("x-router-provider", "lm-studio");
            using var response = await client.SendAsync(request);
            await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            Interlocked.Increment(ref done);
        }
        catch (HttpRequestException)
        {
            Interlocked.Increment(ref failed);
        }
    }
}
