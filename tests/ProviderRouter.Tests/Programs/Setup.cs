using System.Net.Http;
using System.Text;
using FakeUpstream;

namespace ProviderRouter.Tests.Programs;

/// <summary>A router in front of two fake providers: <c>lm-studio</c> is "studio" and active, <c>qwen-proxy</c> is "proxy".</summary>
internal sealed class Setup : IAsyncDisposable
{
    private Setup(FakeUpstreamServer studio, FakeUpstreamServer proxy, TestFolder folder, Router router)
    {
        (Studio, Proxy, Folder, Router) = (studio, proxy, folder, router);
        Log = new RecordedLog(folder);
        Cli = new Cli(folder);
    }

    public FakeUpstreamServer Studio { get; }

    public FakeUpstreamServer Proxy { get; }

    public TestFolder Folder { get; }

    public Router Router { get; }

    public HttpClient Client => Router.Client;

    public RecordedLog Log { get; }

    public Cli Cli { get; }

    public static async Task<Setup> StartAsync(params (string, string)[] environment)
    {
        var studio = await FakeUpstreamServer.StartAsync("studio");
        var proxy = await FakeUpstreamServer.StartAsync("proxy");
        var folder = new TestFolder();
        var router = await Router.StartAsync(folder,
        [
            ("LM_STUDIO_BASE_URL", studio.BaseUrl),
            // Without its /v1.
            ("QWEN_PROXY_BASE_URL", proxy.BaseUrl[..^"/v1".Length]),
            ("QWEN_BASE_URL", proxy.BaseUrl),
            .. environment,
        ]);
        return new Setup(studio, proxy, folder, router);
    }

    /// <summary>Sends a chat to the router, and returns as soon as the answer's head is there.</summary>
    public async Task<HttpResponseMessage> ChatAsync(
        string model, bool stream = false, string say = "Hello", CancellationToken cancellation = default, params (string, string)[] headers)
    {
        var body = $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{say}}"}]{{(stream ? ",\"stream\":true" : "")}}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>Sends a chat to this provider, reads its answer to the end, and answers its id in the log.</summary>
    public async Task<string> SendToAsync(string provider, string model, bool stream = false, string say = "Hello")
    {
        using var response = await ChatAsync(model, stream, say, headers: ("x-router-provider", provider));
        _ = await response.Content.ReadAsByteArrayAsync();
        return response.Headers.GetValues("x-router-request-id").Single();
    }

    /// <summary>Sends JSON to the router, reads the answer as far as it comes, and answers its id in the log.</summary>
    public Task<string> PostAsync(string path, string body, params (string, string)[] headers) => PostAsync(path, body, "application/json", headers);

    /// <inheritdoc cref="PostAsync(string, string, ValueTuple{string, string}[])"/>
    public async Task<string> PostAsync(string path, string body, string mediaType, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Router.Url, path));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new(mediaType);
        Array.ForEach(headers, header => request.Headers.TryAddWithoutValidation(header.Item1, header.Item2));
        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        try
        {
            _ = await response.Content.ReadAsByteArrayAsync();
        }
        catch (HttpRequestException)
        {
            // It was meant to break off.
        }

        return response.Headers.GetValues("x-router-request-id").Single();
    }

    /// <summary>Sends a chat straight to the provider, to compare.</summary>
    public async Task<HttpResponseMessage> ChatDirectlyAsync(string model, bool stream = false)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var body = $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hello"}]{{(stream ? ",\"stream\":true" : "")}}}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await client.PostAsync(Studio.BaseUrl + "/chat/completions", content);
    }

    public async ValueTask DisposeAsync()
    {
        await Router.DisposeAsync();
        await Studio.DisposeAsync();
        await Proxy.DisposeAsync();
        Folder.Dispose();
    }
}
