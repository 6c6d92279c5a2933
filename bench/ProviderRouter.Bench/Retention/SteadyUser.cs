using System.Diagnostics;
using System.Text;

namespace ProviderRouter.Bench.Retention;

/// <summary>Asks the provider <c>echo</c> at a steady rate, whether or not the answers come: each ends once it is on record.</summary>
internal sealed class SteadyUser(Uri router) : IDisposable
{
    private const int PerSecond = 100;

    private static readonly byte[] Chat =
        Encoding.UTF8.GetBytes($$"""{"model":"echo","messages":[{"role":"user","content":"{{new string('x', 2000)}}"}]}""");

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = router };

    /// <summary>Asks as long as something else goes on.</summary>
    /// <returns>How long each answer took, in ms.</returns>
    public async Task<double[]> AskWhileAsync(Task something)
    {
        var answers = new List<Task<double>>();
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!something.IsCompleted && await timer.WaitForNextTickAsync())
        {
            // A tick that comes late is made up for, so that the rate holds.
            for (var due = Stopwatch.GetElapsedTime(started).TotalSeconds * PerSecond; answers.Count < due;)
            {
                answers.Add(AskAsync());
            }
        }

        return await Task.WhenAll(answers);
    }

    public void Dispose() => client.Dispose();

    private async Task<double> AskAsync()
    {
        var started = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions");
        request.Content = new ByteArrayContent(Chat);
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("x-router-provider", "echo");
        using var response = await client.SendAsync(request);
        await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
