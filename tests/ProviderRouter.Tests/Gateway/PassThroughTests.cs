using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FakeUpstream;

namespace ProviderRouter.Tests.Gateway;

/// <summary>What goes in comes out: any method, any path, any body, any answer.</summary>
public sealed class PassThroughTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PURGE")]
    public async Task Any_method_arrives(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "v1/mirror");
        using var response = await setup.Client.SendAsync(request);

        Assert.Equal(method, (string?)(await JsonOf(response))["method"]);
        Assert.Equal(method, setup.Log.Of(response)["method"]);
    }

    [Theory]
    [InlineData("/v1/mirror/a%2Fb/%E6%BC%A2?x=1&y=a%20b+c&z", "/v1/mirror/a%2Fb/%E6%BC%A2?x=1&y=a%20b+c&z")]
    [InlineData("/v1/mirror//double///slash", "/v1/mirror//double///slash")]
    [InlineData("/v1/mirror/%7Etilde%21?q=%7e", "/v1/mirror/%7Etilde%21?q=%7e")]
    [InlineData("/v1/mirror/a/../b", "/v1/mirror/b")]
    [InlineData("/v1/../../v1/mirror/c", "/v1/mirror/c")]
    public async Task A_path_arrives_as_it_was_written_and_never_climbs_above_the_base_url(string sent, string received)
    {
        var answer = await RawHttp.SendAsync(setup.Router.Url, $"GET {sent} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");

        Assert.Contains($"\"target\":\"{received}\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_outside_of_v1_is_answered_with_a_hint_and_sent_to_nobody()
    {
        using var response = await setup.Client.PostAsync("chat/completions", content: null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var error = (await JsonOf(response))["error"]!;
        Assert.Equal("unknown_url", (string?)error["code"]);
        Assert.Contains("/v1", (string?)error["message"], StringComparison.Ordinal);
        Assert.DoesNotContain(setup.Studio.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task Headers_pass_but_for_those_of_one_hop_and_those_of_the_router()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/mirror") { Content = new StringContent("{}") };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer the-client-s-own-key");
        request.Headers.TryAddWithoutValidation("openai-organization", "org-1");
        request.Headers.TryAddWithoutValidation("x-request-id", "mine");
        request.Headers.TryAddWithoutValidation("x-only-this-hop", "secret");
        request.Headers.TryAddWithoutValidation("connection", "x-only-this-hop");
        request.Headers.TryAddWithoutValidation("x-router-provider", "lm-studio");
        using var response = await setup.Client.SendAsync(request);

        var headers = (await JsonOf(response))["headers"]!.AsObject();
        Assert.Equal("Bearer the-client-s-own-key", (string?)headers["authorization"]);
        Assert.Equal("org-1", (string?)headers["openai-organization"]);
        Assert.Equal("mine", (string?)headers["x-request-id"]);
        Assert.Equal(new Uri(setup.Studio.BaseUrl).Authority, (string?)headers["host"]);
        Assert.DoesNotContain("x-only-this-hop", headers);
        Assert.DoesNotContain("x-router-provider", headers);
        Assert.DoesNotContain("traceparent", headers);
        Assert.DoesNotContain(headers, header => header.Key.StartsWith("x-forwarded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_with_a_key_of_its_own_gets_that_and_never_the_client_s()
    {
        await using var keyed = await Setup.StartAsync(("QWEN_API_KEY", "sk-the-router-s-key-0123456789"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/mirror");
        request.Headers.TryAddWithoutValidation("x-router-provider", "qwen-direct");
        request.Headers.TryAddWithoutValidation("authorization", "Bearer sk-the-client-s-key-9876543210");
        request.Headers.TryAddWithoutValidation("x-api-key", "sk-the-client-s-key-9876543210");
        using var response = await keyed.Client.SendAsync(request);

        var headers = keyed.Proxy.Requests.Single(received => received.RawTarget == "/v1/mirror").Headers;
        Assert.Equal("Bearer sk-the-router-s-key-0123456789", headers["authorization"]);
        Assert.DoesNotContain(headers, header => header.Value.Contains("client", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("application/json", "{\"a\": 1.0, \"unknown\" : [null, \"\\u00e9 漢字 😀\"]}\n")]
    [InlineData("text/plain; charset=utf-8", "  spaces and\r\nlines  ")]
    [InlineData("application/x-www-form-urlencoded", "a=1&b=%20")]
    public async Task A_body_arrives_byte_for_byte_and_is_on_record_as_text(string type, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var response = await PostAsync("v1/mirror", bytes, type);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), (string?)(await JsonOf(response))["bodySha256"]);
        var row = setup.Log.Of(response);
        Assert.Equal(body, row["request_body"]);
        Assert.Equal("whole", row["request_body_state"]);
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("headers")]
    [InlineData("429")]
    [InlineData("401")]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("bad-json")]
    [InlineData("html")]
    [InlineData("empty")]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("utf8-bom")]
    [InlineData("invalid-utf8")]
    [InlineData("huge")]
    public async Task An_answer_comes_back_exactly_as_the_provider_gave_it(string model)
    {
        foreach (var stream in (bool[])[false, true])
        {
            using var direct = await setup.ChatDirectlyAsync(model, stream);
            using var routed = await setup.ChatAsync(model, stream);

            Assert.Equal(direct.StatusCode, routed.StatusCode);
            Assert.Equal(await direct.Content.ReadAsByteArrayAsync(), await routed.Content.ReadAsByteArrayAsync());
            Assert.Equal(HeadersOf(direct), HeadersOf(routed));
            Assert.Equal("lm-studio", routed.Headers.GetValues("x-router-provider").Single());
        }
    }

    [Fact]
    public async Task An_upload_of_100_MB_arrives_and_is_not_held_in_memory()
    {
        const int Size = 100 * 1024 * 1024;
        using (var warmUp = await PostAsync("v1/sink", new byte[1024 * 1024], "application/octet-stream"))
        {
            Assert.Equal(HttpStatusCode.OK, warmUp.StatusCode);
        }

        var before = PeakMemory();
        using var response = await PostAsync("v1/sink", DeterministicBytes.Create(Size), "application/octet-stream");

        var received = await JsonOf(response);
        Assert.Equal(Size, (long)received["bytes"]!);
        var row = setup.Log.Of(response);
        Assert.Equal(Size, row.Number("request_bytes"));
        Assert.Equal((string?)received["sha256"], row["request_sha256"]);
        Assert.Equal($"[application/octet-stream, {Size} bytes, sha256 {received["sha256"]}]", row["request_body"]);
        Assert.Equal("described", row["request_body_state"]);
        Assert.InRange(PeakMemory() - before, 0, Size / 2);
    }

    [Fact]
    public async Task A_text_of_more_than_16_MB_arrives_whole_and_its_first_part_is_on_record_with_the_true_size()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"model":"big","input":"{{string.Concat(Enumerable.Repeat("漢字", 3_000_000))}}"}""");
        using var response = await PostAsync("v1/sink", body, "application/json");

        var received = await JsonOf(response);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(body)), (string?)received["sha256"]);
        var row = setup.Log.Of(response);
        Assert.Equal("cut", row["request_body_state"]);
        Assert.Equal(body.Length, row.Number("request_bytes"));
        Assert.Equal((string?)received["sha256"], row["request_sha256"]);
        Assert.Equal("big", row["model"]);
        Assert.StartsWith(row.Text("request_body")!, Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(row.Text("request_body")!), (16 * 1024 * 1024) - 3, 16 * 1024 * 1024);
    }

    [Fact]
    public async Task A_binary_answer_comes_back_byte_for_byte_and_is_on_record_as_what_it_is()
    {
        using var response = await setup.Client.GetAsync("v1/source?bytes=300001");

        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(DeterministicBytes.Create(300001), bytes);
        var row = setup.Log.Of(response);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Assert.Equal($"[application/octet-stream, 300001 bytes, sha256 {sha256}]", row["response_body"]);
        Assert.Equal(300001, row.Number("response_bytes"));
    }

    private long PeakMemory() => long.Parse(File.ReadLines($"/proc/{setup.Router.ProcessId}/status")
        .Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;

    private async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string contentType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await setup.Client.PostAsync(path, content);
    }

    private static async Task<JsonNode> JsonOf(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    /// <summary>
    /// All headers but those of one hop, of the moment, and of the router. alt-svc says where else the provider's own host
    /// can be reached, which would be wrong of the router's.
    /// </summary>
    private static SortedDictionary<string, string> HeadersOf(HttpResponseMessage response) => new(
        response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Where(header => header.Key.ToLowerInvariant() is not ("date" or "transfer-encoding" or "connection" or "alt-svc" or "x-router-provider"
                or "x-router-request-id" or "x-request-id") || header.Value.ToString().StartsWith("req_fake_", StringComparison.Ordinal))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join('|', header.Value)),
        StringComparer.Ordinal);
}
