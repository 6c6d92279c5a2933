using System.Net.Sockets;
using ProviderRouter.Tests.Gateway.Fallback;

namespace ProviderRouter.Tests.Gateway.Providers;

/// <summary>What is a provider's own: headers, a query, a sealed key, limits, and whether a client that leaves ends its request.</summary>
public sealed class OwnWaysTests
{
    private const string Key = "sk-the-provider-s-own-key-0123456789";

    [Fact]
    public async Task Its_headers_its_query_and_its_sealed_key_go_with_each_request()
    {
        await using var setup = await Setup.StartAsync();
        await setup.Router.GreetingAsync();
        var database = ProviderRouter.Storage.Sqlite.SqliteDatabase.Open(new(setup.Folder.Data), TimeProvider.System);
        using (var store = database.OpenProviders())
        {
            var provider = store.Find("lm-studio")!;
            store.Update(provider with
            {
                Query = "api-version=preview",
                Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["anthropic-version"] = "2023-06-01", ["User-Agent"] = "mine" },
                Key = provider.Key with { Header = "api-key", Prefix = "", Sealed = database.Vault.Seal(Key) },
            });
        }

        using var response = await setup.ChatAsync("fake-small", headers: [("user-agent", "the-client"), ("authorization", "Bearer client-key-0123456789")]);
        using var listed = await setup.Client.GetAsync("v1/models?limit=1");

        var chat = setup.Studio.Requests[^2];
        Assert.Equal("/v1/chat/completions?api-version=preview", chat.RawTarget);
        Assert.Equal("/v1/models?limit=1&api-version=preview", setup.Studio.Requests[^1].RawTarget);
        Assert.Equal(("2023-06-01", "mine", Key), (chat.Headers["anthropic-version"], chat.Headers["user-agent"], chat.Headers["api-key"]));
        Assert.False(chat.Headers.ContainsKey("authorization"));
        // The file of its run is empty, and locked.
        foreach (var file in Directory.EnumerateFiles(setup.Folder.Data).Where(file => !file.Contains("-run", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(Key, await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sealed_key_without_its_secret_is_an_error_that_says_what_to_do()
    {
        await using var setup = await Setup.StartAsync();
        await setup.Router.GreetingAsync();
        var asked = setup.Studio.Requests.Count;
        var database = ProviderRouter.Storage.Sqlite.SqliteDatabase.Open(new(setup.Folder.Data), TimeProvider.System);
        using (var store = database.OpenProviders())
        {
            var provider = store.Find("lm-studio")!;
            var key = database.Vault.Seal(Key);
            File.Delete(database.Vault.Path);
            store.Update(provider with { Key = provider.Key with { Sealed = key } });
        }

        using var response = await setup.ChatAsync("fake-small");

        Assert.Equal(System.Net.HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("provider-cli provider edit", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(asked, setup.Studio.Requests.Count);
        Assert.Equal("unreachable", setup.Log.Of(response)["outcome"]);
    }

    [Fact]
    public async Task Its_own_silence_is_allowed_to_it_and_no_more()
    {
        await using var setup = await FallbackSetup.StartAsync(
            (connection, number) => number == 0 ? FaultyUpstream.SayAsync(connection, FaultyUpstream.Good()) : Task.CompletedTask,
            provider => provider with { IdleTimeout = TimeSpan.FromMilliseconds(200) });
        setup.Change(store => store.SetActive("lm-studio", []));
        var answer = await setup.AskAsync();

        Assert.Equal(504, answer!.Status);
        Assert.Contains("sent nothing for 0.2 s", answer.Body, StringComparison.Ordinal);
        Assert.Contains("--idle-timeout", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_does_not_come_about_is_given_up_after_its_own_time()
    {
        // A queue of one that is full: the next connection waits for ever.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        full.Listen(0);
        var waiting = Enumerable.Range(0, 3).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false }).ToList();
        foreach (var socket in waiting)
        {
            _ = socket.ConnectAsync(full.LocalEndPoint!);
        }

        await using var setup = await FallbackSetup.StartAsync(
            (connection, _) => FaultyUpstream.SayAsync(connection, FaultyUpstream.Good()),
            provider => provider with { BaseUrl = $"http://{full.LocalEndPoint}/v1", ConnectTimeout = TimeSpan.FromMilliseconds(300) });
        setup.Change(store => store.SetActive("lm-studio", []));
        var answer = await setup.AskAsync();

        Assert.Equal(504, answer!.Status);
        Assert.Contains("did not take a connection", answer.Body, StringComparison.Ordinal);
        Assert.Contains("within 0.3 s", answer.Body, StringComparison.Ordinal);
        waiting.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_provider_that_is_not_to_be_cancelled_finishes_though_the_client_has_left()
    {
        var (asked, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var setup = await FallbackSetup.StartAsync(
            async (connection, number) =>
            {
                if (number > 0)
                {
                    asked.TrySetResult();
                    await left.Task;
                }

                await FaultyUpstream.SayAsync(connection, FaultyUpstream.Good("the whole of it"));
            },
            provider => provider with { Cancels = false });
        using (var client = await WireClient.ConnectAsync(setup.Router.Url))
        {
            await client.PostAsync("/v1/chat/completions", FallbackSetup.Chat("goes-on"));
            await asked.Task;
        }

        // That the client has left, the router knows once it has seen another one that came later come and go.
        for (var other = 0; other < 20; other++)
        {
            _ = await setup.Router.Client.GetStringAsync("health");
        }

        left.SetResult();
        var row = await setup.Log.WaitForAsync("goes-on");
        Assert.Equal("client_closed", row["outcome"]);
        Assert.Equal(499L, row["status_code"]);
        Assert.Contains("let finish", row.Text("error"), StringComparison.Ordinal);
        Assert.Contains("the whole of it", row.Text("response_body"), StringComparison.Ordinal);
        Assert.Empty(setup.Good.Requests);
    }
}
