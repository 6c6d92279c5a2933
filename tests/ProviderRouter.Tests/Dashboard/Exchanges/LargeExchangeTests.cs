using System.Globalization;
using System.IO.Compression;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>Exchanges that are too large for a page: it says so, has the rest as a download, and takes little memory.</summary>
public sealed class LargeExchangeTests(ITestOutputHelper output)
{
    private const string Chat = "/v1/chat/completions";
    private const int EventLength = 200;
    private const int MB = 1024 * 1024;

    private static readonly int StreamSize = int.Parse(Environment.GetEnvironmentVariable("LARGE_STREAM") ?? "150", CultureInfo.InvariantCulture);
    private static readonly int RequestSize = int.Parse(Environment.GetEnvironmentVariable("LARGE_REQUEST") ?? "40", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Four_who_open_one_at_once_take_little_memory()
    {
        await using var shown = new ShownLog();
        var request = Request(RequestSize * MB);
        var id = AddStream(shown, request);
        await shown.StartAsync();
        var before = shown.Router.PeakMemory;

        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => shown.PageAsync($"exchanges/{id}")));
        var afterPages = shown.Router.PeakMemory;
        var digests = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DigestAsync(shown, $"ui/exchanges/{id}/raw/response")));
        output.WriteLine($"{before} MB at first, {afterPages} MB after the pages, {shown.Router.PeakMemory} MB after the events");

        Assert.Single(digests.Distinct());
        Assert.Equal(4, pages.Length);
        Assert.InRange(shown.Router.PeakMemory, before, before + 600);
    }

    private static string AddStream(ShownLog shown, string request)
    {
        var said = new StringBuilder();
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < StreamSize * (MB / EventLength); i++)
            {
                var word = $"word {i * 7919L % 1_000_003,-8} of the long answer ";
                said.Append(word);
                zlib.Write(Encoding.UTF8.GetBytes(
                    $$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"{{word}}"},"finish_reason":null}]}""".PadRight(EventLength - 2) + "\n\n"));
            }
        }

        return shown.Add(
            Chat, request, $$"""{"choices":[{"message":{"role":"assistant","content":"{{said}}"},"finish_reason":"stop"}]}""",
            answered: answer => answer with { Stream = true, EventStream = packed.ToArray() });
    }

    private static string Request(int length)
    {
        var body = new StringBuilder("""{"model":"m","messages":[""");
        for (var i = 0; body.Length < length; i++)
        {
            body.Append(CultureInfo.InvariantCulture, $$"""{"role":"{{(i % 2 == 0 ? "user" : "assistant")}}","content":"Message {{i}} {{new string((char)('a' + (i % 26)), 1000)}}"},""");
        }

        return body.Append("""{"role":"user","content":"The last."}]}""").ToString();
    }

    private static async Task<string> DigestAsync(ShownLog shown, string path)
    {
        using var client = new HttpClient { BaseAddress = shown.Router.Url, Timeout = TimeSpan.FromMinutes(5) };
        await using var body = await client.GetStreamAsync(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(body));
    }
}
