using System.Globalization;
using System.IO.Compression;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Dashboard.Exchanges;

/// <summary>Exchanges that are too large for a page: it says so, has the rest as a download, and takes little memory.</summary>
public sealed class LargeExchangeTests
{
    private const string Chat = "/v1/chat/completions";
    private const int EventLength = 200;
    private const int MB = 1024 * 1024;

    [Fact]
    public async Task Four_who_open_one_at_once_take_little_memory()
    {
        await using var shown = new ShownLog();
        var (id, _) = AddStream(shown, 150 * MB, Request(40 * MB));
        await shown.StartAsync();
        var before = shown.Router.PeakMemory;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => shown.PageAsync($"exchanges/{id}")));
        var digests = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DigestAsync(shown, $"ui/exchanges/{id}/raw/response")));

        Assert.Single(digests.Distinct(StringComparer.Ordinal));
        // 360 MB; with all of it in memory, 2,700 MB.
        Assert.InRange(shown.Router.PeakMemory - before, 0, 700);
    }

    [Fact]
    public async Task The_page_says_what_it_leaves_out_and_where_that_is()
    {
        await using var shown = new ShownLog();
        var request = Request(33 * MB);
        var (id, events) = AddStream(shown, 3 * MB, request);
        await shown.StartAsync();
        var page = await shown.PageAsync($"exchanges/{id}");

        Assert.Contains(
            "The request's body (33 MB) is larger than a page can show: this is how its first 32 MB read. The raw body below has all of it.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("cannot be sent again: its body (33 MB) is larger than is read here; provider-cli replay can send it.", page.Body.TextContent, StringComparison.Ordinal);
        var raw = page.QuerySelectorAll("details.raw").ToDictionary(one => one.QuerySelector("b")!.TextContent, StringComparer.Ordinal);
        var body = raw["Request body"];
        Assert.Equal($"/ui/exchanges/{id}/raw/request?as=start", body.QuerySelector("pre")!.GetAttribute("data-lines"));
        Assert.Contains("This is the beginning, of 256 KB. The download has all of it.", body.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Download"], body.QuerySelectorAll("a").Select(link => link.TextContent));
        var stream = raw["Answer body: the events of its stream"];
        Assert.Equal(["Open it alone", "Download"], stream.QuerySelectorAll("a").Select(link => link.TextContent));

        Assert.Equal(Digest(request), await DigestAsync(shown, $"ui/exchanges/{id}/raw/request"));
        Assert.Equal(events, await DigestAsync(shown, $"ui/exchanges/{id}/raw/response"));
        Assert.Equal(events, await DigestAsync(shown, $"ui/exchanges/{id}/raw/response?as=lines"));
        using var start = await shown.Browser.GetAsync($"ui/exchanges/{id}/raw/request?as=start");
        Assert.Equal(request[..(256 * 1024)], await start.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Commands_have_all_of_it()
    {
        await using var shown = new ShownLog();
        var request = Request(33 * MB);
        var (id, events) = AddStream(shown, 3 * MB, request);
        var file = Path.Combine(shown.Folder.Path, "body");

        foreach (var (command, digest) in new[] { ("--raw request", Digest(request)), ("--raw response", events) })
        {
            (await ProgramStart.RunAsync("/bin/sh", shown.Folder, ["-c", $"'{BuiltPrograms.Cli}' show {id} {command} > '{file}'"])).Exits(0);
            Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))));
        }

        (await ProgramStart.RunAsync("/bin/sh", shown.Folder, ["-c", $"'{BuiltPrograms.Cli}' show {id} --json > '{file}'"])).Exits(0);
        Assert.Equal(JsonNode.Parse(request)!.ToJsonString(), JsonNode.Parse(await File.ReadAllTextAsync(file))!["requestBody"]!.ToJsonString());
    }

    /// <summary>Its id, and the SHA-256 of its events.</summary>
    private static (string Id, string Events) AddStream(ShownLog shown, int size, string request)
    {
        var said = new StringBuilder();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < size / EventLength; i++)
            {
                var word = $"word {i * 7919L % 1_000_003,-8} of the long answer ";
                said.Append(word);
                var bytes = Encoding.UTF8.GetBytes(
                    $$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"{{word}}"},"finish_reason":null}]}""".PadRight(EventLength - 2) + "\n\n");
                hash.AppendData(bytes);
                zlib.Write(bytes);
            }
        }

        var id = shown.Add(
            Chat, request, $$"""{"choices":[{"message":{"role":"assistant","content":"{{said}}"},"finish_reason":"stop"}]}""",
            answered: answer => answer with { Stream = true, EventStream = packed.ToArray() });
        return (id, Convert.ToHexStringLower(hash.GetHashAndReset()));
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

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task<string> DigestAsync(ShownLog shown, string path)
    {
        using var client = new HttpClient { BaseAddress = shown.Router.Url, Timeout = TimeSpan.FromMinutes(5) };
        await using var body = await client.GetStreamAsync(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(body));
    }
}
