using System.Diagnostics;
using System.Text;
using FakeUpstream;

namespace ProviderRouter.Bench;

/// <summary>The server's memory and CPU while 50 clients ask, plain and streamed, with the log on.</summary>
internal static class LoadBench
{
    private const int Clients = 50;
    private const int Requests = 20_000;

    public static async Task RunAsync(Programs programs)
    {
        await using var upstream = await FakeUpstreamServer.StartAsync(record: false);
        using var data = new TemporaryFolder();
        var (process, url) = await programs.StartRouterAsync(data.Path, ("LM_STUDIO_BASE_URL", upstream.BaseUrl));
        await using var server = new ServerProcess(process);
        Report.Row("server: memory before the first request (RSS)", ProcessFacts.Memory(server.Id, "VmRSS"), "MB", "");
        await AskAsync(url, "", Requests / 10);

        foreach (var (what, more) in new[] { ("plain chats", ""), ("streamed chats", ",\"stream\":true") })
        {
            var cpu = server.Cpu;
            var started = Stopwatch.GetTimestamp();
            await AskAsync(url, more, Requests);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Report.Row($"server: CPU a request, {what}, {Clients} clients", (server.Cpu - cpu).TotalMicroseconds / Requests, "µs", "");
            Report.Row($"server: {what} a second", Requests / seconds, "", "");
        }

        Report.Row("server: peak memory under load (RSS)", server.PeakMemory, "MB", "< 80 MB");
    }

    private static async Task AskAsync(Uri url, string more, int requests)
    {
        using var client = new HttpClient { BaseAddress = url };
        var body = Encoding.UTF8.GetBytes($$"""{"model":"fake-small","messages":[{"role":"user","content":"{{new string('x', 2000)}}"}]{{more}}}""");
        var left = requests;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new("application/json");
                using var response = await client.PostAsync("v1/chat/completions", content);
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync();
            }
        }));
    }
}
