using System.Net.Sockets;
using System.Text.Json.Nodes;
using FakeUpstream;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Tests.Gateway.Fallback;

/// <summary>A router whose active provider, <c>lm-studio</c>, misbehaves, and which has <c>qwen-proxy</c> in its place.</summary>
internal sealed class FallbackSetup : IAsyncDisposable
{
    private FallbackSetup(FaultyUpstream faulty, FakeUpstreamServer good, TestFolder folder, Router router) =>
        (Faulty, Good, Folder, Router, Log) = (faulty, good, folder, router, new RecordedLog(folder));

    public FaultyUpstream Faulty { get; }

    public FakeUpstreamServer Good { get; }

    public TestFolder Folder { get; }

    public Router Router { get; }

    public RecordedLog Log { get; }

    public static async Task<FallbackSetup> StartAsync(Func<Socket, int, Task> answer, Func<Provider, Provider>? change = null)
    {
        var faulty = new FaultyUpstream(answer);
        var good = await FakeUpstreamServer.StartAsync("proxy");
        var folder = new TestFolder();
        var router = await Router.StartAsync(folder, ("LM_STUDIO_BASE_URL", faulty.BaseUrl), ("QWEN_PROXY_BASE_URL", good.BaseUrl[..^"/v1".Length]));
        var setup = new FallbackSetup(faulty, good, folder, router);
        // The server asks once by itself as it starts.
        await router.GreetingAsync();
        setup.Change(store => store.SetActive("lm-studio", ["qwen-proxy"]));
        if (change is not null)
        {
            setup.Change(store => store.Update(change(store.Find("lm-studio")!)));
        }

        return setup;
    }

    public void Change(Action<ProviderStore> change)
    {
        using var store = SqliteDatabase.Open(new DataFolder(Folder.Data), TimeProvider.System).OpenProviders();
        change(store);
    }

    public Task SetAsync(string key, string value)
    {
        using var settings = SqliteDatabase.Open(new DataFolder(Folder.Data), TimeProvider.System).OpenSettings();
        settings.Set(key, value);
        return Task.CompletedTask;
    }

    public async Task<WireAnswer?> AskAsync(string model = "fake-small", string headers = "", bool stream = false)
    {
        using var client = await WireClient.ConnectAsync(Router.Url);
        await client.PostAsync("/v1/chat/completions", Chat(model, stream), headers);
        return await client.ReadAnswerAsync();
    }

    public static string Chat(string model, bool stream = false) =>
        $$"""{"model":"{{model}}"{{(stream ? ",\"stream\":true" : "")}},"messages":[{"role":"user","content":"Hello"}]}""";

    public LogRow RowOf(WireAnswer answer) => Log.Query("SELECT * FROM request_logs WHERE request_id = $value", answer.RequestId).Single();

    /// <summary>The attempts of an exchange: provider and outcome of each.</summary>
    public static string AttemptsIn(LogRow row) => row.Text("attempts") is not { } json ? ""
        : string.Join(", ", JsonNode.Parse(json)!.AsArray().Select(attempt => $"{attempt!["provider"]} {attempt["outcome"]}{(attempt["status"] is { } status ? $" {status}" : "")}"));

    public async ValueTask DisposeAsync()
    {
        await Router.DisposeAsync();
        await Faulty.DisposeAsync();
        await Good.DisposeAsync();
        Folder.Dispose();
    }
}
