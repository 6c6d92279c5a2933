using System.Net.Http;
using System.Text;
using FakeUpstream;
using ProviderRouter.Access;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Tests.Access;

/// <summary>A router that asks for keys, one of each kind and state, and a provider that counts what reaches it.</summary>
internal sealed class ClosedRouter : IAsyncDisposable
{
    private ClosedRouter(FakeUpstreamServer studio, TestFolder folder) => (Studio, Folder, Log) = (studio, folder, new RecordedLog(folder));

    public FakeUpstreamServer Studio { get; }

    public TestFolder Folder { get; }

    public RecordedLog Log { get; }

    public Router Router { get; private set; } = null!;

    /// <summary>The keys by their names: laptop, expired, revoked, admin, and nobody's.</summary>
    public Dictionary<string, string> Keys { get; } = new(StringComparer.Ordinal) { ["nobody's"] = KeyText.Make(ClientKeyKind.Client) };

    public SqliteDatabase Database => SqliteDatabase.Open(new DataFolder(Folder.Data), TimeProvider.System);

    /// <summary>What providers were asked for, but for the greeting's own question.</summary>
    public IReadOnlyList<ReceivedRequest> Forwarded => [.. Studio.Requests.Where(request => request.RawTarget != "/v1/models")];

    public static Task<ClosedRouter> StartAsync(params string[] arguments) => StartWithAsync(arguments);

    public static async Task<ClosedRouter> StartWithAsync(string[] arguments, params (string, string)[] environment)
    {
        var closed = new ClosedRouter(await FakeUpstreamServer.StartAsync("studio"), new TestFolder());
        using (var keys = closed.Database.OpenClientKeys())
        {
            foreach (var name in new[] { "laptop", "expired", "revoked", "admin" })
            {
                closed.Keys[name] = keys.Make(name, name == "admin" ? ClientKeyKind.Admin : ClientKeyKind.Client, TimeSpan.FromDays(30))!.Value.Text;
            }

            keys.Revoke("revoked");
        }

        closed.Log.Execute("UPDATE client_keys SET expires_at = unixepoch() - 1 WHERE name = 'expired'");
        closed.Router = await Router.StartAsync(closed.Folder, arguments, [("LM_STUDIO_BASE_URL", closed.Studio.BaseUrl), ("LOG_LEVEL", "trace"), .. environment]);
        return closed;
    }

    /// <summary>Sends a chat, or another request, with these headers.</summary>
    public Task<HttpResponseMessage> SendAsync(params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, "v1/chat/completions", headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent(
                """{"model":"fake-small","messages":[{"role":"user","content":"Hello"}]}""", Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Router.Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await Router.DisposeAsync();
        await Studio.DisposeAsync();
        Folder.Dispose();
    }
}
