using FakeUpstream;

namespace ProviderRouter.Bench.Session;

/// <summary>What an agent's session of 50 turns takes on the disk, beside what was new in it; and that all of it is on record.</summary>
internal static class SessionBench
{
    private const int Turns = 50;
    private const string Aim = "≤ 1.50";

    public static async Task RunAsync(Programs programs)
    {
        await RunAsync(programs, "plain", stream: false);
        await RunAsync(programs, "streamed", stream: true);
    }

    private static async Task RunAsync(Programs programs, string kind, bool stream)
    {
        await using var upstream = await FakeUpstreamServer.StartAsync(record: false);
        using var data = new TemporaryFolder();
        await programs.RunCliAsync(data.Path, "status");
        var atStart = data.Bytes;

        var (process, url) = await programs.StartRouterAsync(data.Path, ("LM_STUDIO_BASE_URL", upstream.BaseUrl));
        await using var router = new ServerProcess(process);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
        var session = new AgentSession(stream);
        var sent = new List<byte[]>();
        var answered = 0L;
        for (var turn = 0; turn < Turns; turn++)
        {
            sent.Add(session.Next(upstream.Name));
            answered += await AskAsync(client, new Uri(url, "v1/chat/completions"), sent[^1]);
        }

        await data.AtRestAsync();
        var running = data.Bytes - atStart;
        await router.StopAsync();
        var stopped = data.Bytes - atStart;
        CheckRecord(data.Path, sent);

        // The last request holds all the others: what was new in each adds up to it.
        var fresh = sent[^1].Length + answered;
        Report.Row($"session of {Turns} turns, {kind}: sent and answered", (sent.Sum(body => (long)body.Length) + answered) / 1024.0, "KB", "");
        Report.Row($"session, {kind}: new bytes in it", fresh / 1024.0, "KB", "");
        Report.Row($"session, {kind}: bytes on the disk a new byte, server stopped", (double)stopped / fresh, "", Aim);
        Report.Row($"session, {kind}: bytes on the disk a new byte, server running and idle", (double)running / fresh, "", Aim);
        Report.Row($"session, {kind}: requests read back byte for byte", sent.Count, "", "all");
    }

    /// <returns>How many bytes were answered.</returns>
    private static async Task<int> AskAsync(HttpClient client, Uri url, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await client.PostAsync(url, content);
        return (await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
    }

    private static void CheckRecord(string data, List<byte[]> sent)
    {
        var recorded = RecordedRequests.Bodies(data).ToList();
        if (recorded.Count != sent.Count)
        {
            throw new InvalidOperationException($"{recorded.Count} requests are on record instead of {sent.Count}.");
        }

        for (var i = 0; i < sent.Count; i++)
        {
            if (!recorded[i].AsSpan().SequenceEqual(sent[i]))
            {
                throw new InvalidOperationException(
                    $"The body of request {i + 1} is not on record as it was sent: {recorded[i].Length} bytes instead of {sent[i].Length}.");
            }
        }
    }
}
