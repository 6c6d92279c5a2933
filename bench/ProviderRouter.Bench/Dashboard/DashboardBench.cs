using System.Text;
using ProviderRouter.Bench.Peers;
using ProviderRouter.Bench.Questions;
using ProviderRouter.Bench.Session;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Index;

namespace ProviderRouter.Bench.Dashboard;

/// <summary>How quick the dashboard is, and what it costs the server.</summary>
internal static class DashboardBench
{
    private const int Visits = 10;
    private const int LongTalkBytes = 1 << 20;
    private const int MessageBytes = 4000;
    private static readonly int Exchanges = int.Parse(Environment.GetEnvironmentVariable("BENCH_EXCHANGES") ?? "1000000");

    public static async Task RunAsync(Programs programs)
    {
        await ViewerBench.RunAsync(programs);
        await NobodyBench.RunAsync(programs);
        await using var browser = await BrowserTimes.StartAsync();
        await VisitNewAsync(programs, browser);
        await VisitFullAsync(programs, browser);
    }

    /// <summary>A log that has hardly anything in it, and a conversation of a megabyte.</summary>
    private static async Task VisitNewAsync(Programs programs, BrowserTimes browser)
    {
        using var data = new TemporaryFolder();
        await using var upstream = await PacedUpstream.StartAsync();
        var (process, url) = await programs.StartRouterAsync(data.Path, ("LM_STUDIO_BASE_URL", new Uri(upstream.Url, "v1").ToString()));
        await using var server = new ServerProcess(process);
        await ShowAsync(browser, new Uri(url, "ui"), "overview, first visit, nothing on record", 300, "< 150 KB");
        using var client = new HttpClient { BaseAddress = url };
        var id = await AskLongAsync(client);
        await ShowAsync(browser, new Uri(url, $"ui/exchanges/{id}"), "exchange of a conversation of 1 MB", 500);
        await ShowAsync(browser, new Uri(url, "ui"), "overview, hardly anything on record", 300);
        await ShowAsync(browser, new Uri(url, "ui/live"), "live, hardly anything on record", 300);
        Report.Row("server's memory after these visits", ProcessFacts.Memory(server.Id, "VmRSS"), "MB", "");
    }

    /// <summary>A log of a million rows.</summary>
    private static async Task VisitFullAsync(Programs programs, BrowserTimes browser)
    {
        using var temporary = new TemporaryFolder();
        var data = Environment.GetEnvironmentVariable("BENCH_LOG") is { Length: > 0 } kept ? kept : temporary.Path;
        Fill(data);
        var (process, url) = await programs.StartRouterAsync(data);
        await using var server = new ServerProcess(process);
        foreach (var (path, name) in new[]
        {
            ("ui", "overview, 24 h"), ("ui?window=30d", "overview, 30 d"), ("ui/live", "live"), ("ui/stats", "statistics of all"),
            ("ui/stats?by=day", "statistics by day"), ($"ui/search?search={Vocabulary.Rare}", "search, a rare word"),
            ($"ui/search?search={Vocabulary.Common}", "search, a common word"), ("ui/exchanges/last", "exchange"), ("ui/providers", "providers"),
            ("ui/settings", "settings"),
        })
        {
            await ShowAsync(browser, new Uri(url, path), $"{name}, {Exchanges:#,0} exchanges on record", 300);
        }

        var (frames, rows) = await browser.ScrollAsync(new Uri(url, "ui/live"));
        Report.Row($"live, {rows:#,0} rows scrolled by: a frame", [.. frames], "ms", "");
        Report.Row($"frames of these {frames.Length} that took longer than 50 ms", frames.Count(took => took > 50), "", "0");
        Report.Row("server's memory after these visits", ProcessFacts.Memory(server.Id, "VmRSS"), "MB", "");
    }

    /// <summary>Fills the log and its index, unless that was done before.</summary>
    private static void Fill(string data)
    {
        if (!File.Exists(Path.Combine(data, "provider-router.index.db")))
        {
            GeneratedLog.Write(data, Exchanges);
            using var builder = IndexBuilder.TryStart(SqliteDatabase.Open(DataFolder.Find(data, RouterEnvironment.OfThisProcess()), TimeProvider.System))!;
            builder.CatchUp(_ => { }, CancellationToken.None);
        }
    }

    private static async Task ShowAsync(BrowserTimes browser, Uri page, string what, int aim, string wire = "")
    {
        var visits = await browser.VisitAsync(page, Visits);
        Report.Row($"{what}: painted", [.. visits.Select(visit => visit.Painted)], "ms", $"< {aim} ms");
        Report.Row($"{what}: usable", [.. visits.Select(visit => visit.Usable)], "ms", $"< {aim} ms");
        Report.Row($"{what}: over the wire", [.. visits.Select(visit => visit.Kilobytes)], "KB", wire);
    }

    /// <summary>Sends a conversation of a megabyte; returns the exchange's id.</summary>
    private static async Task<string> AskLongAsync(HttpClient client)
    {
        var vocabulary = new Vocabulary(seed: 4);
        var body = new StringBuilder("""{"model":"model-1","messages":[{"role":"system","content":"Be brief."}""");
        for (var turn = 0; body.Length < LongTalkBytes; turn++)
        {
            var text = $"## Step {turn}\n\n{vocabulary.Text(MessageBytes)}\n\n- **one**\n- `two`\n\n```python\nprint({turn})\n```\n";
            body.Append($$""",{"role":"{{(turn % 2 == 0 ? "user" : "assistant")}}","content":{{CompactJson.Of(text)}}}""");
        }

        using var content = new StringContent(body.Append("]}").ToString(), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("v1/chat/completions", content);
        return response.EnsureSuccessStatusCode().Headers.GetValues("x-router-request-id").Single();
    }
}
