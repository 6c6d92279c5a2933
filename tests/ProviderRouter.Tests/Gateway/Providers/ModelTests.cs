using System.Text;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Tests.Gateway.Providers;

/// <summary>A provider's own name of a model, and its model where none is named, are all that is changed of a body.</summary>
public sealed class ModelTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync()
    {
        setup = await Setup.StartAsync();
        await setup.Router.GreetingAsync();
    }

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData("""{"model":"gpt","messages":[]}""", """{"model":"fake-small","messages":[]}""")]
    [InlineData("{ \"messages\" : [ ],\r\n\t\"model\"\n:\t\"gpt\" , \"x\":1.50e2 }", "{ \"messages\" : [ ],\r\n\t\"model\"\n:\t\"fake-small\" , \"x\":1.50e2 }")]
    [InlineData("""{"\u006dodel":"\u0067pt","s":"\/ é \ud83d\ude00"}""", """{"\u006dodel":"fake-small","s":"\/ é \ud83d\ude00"}""")]
    [InlineData("""{"messages":[{"model":"gpt"}],"model":"gpt"}""", """{"messages":[{"model":"gpt"}],"model":"fake-small"}""")]
    [InlineData("""{"model":"\"quoted\""}""", """{"model":"a\\b\"c"}""")]
    [InlineData("""{"model":"other"}""", """{"model":"other"}""")]
    [InlineData("""{"model":"GPT"}""", """{"model":"GPT"}""")]
    [InlineData("""{"model":"gpt","model":"gpt"}""", """{"model":"gpt","model":"gpt"}""")]
    [InlineData("""{"model":["gpt"]}""", """{"model":["gpt"]}""")]
    [InlineData("""{"model":"gpt" """, """{"model":"gpt" """)]
    [InlineData("""{"messages":[]}""", """{"model":"fake-default","messages":[]}""")]
    [InlineData("{}", """{"model":"fake-default"}""")]
    [InlineData("""{"model":null,"n":1}""", """{"model":"fake-default","n":1}""")]
    [InlineData("""{"model":"","n":1}""", """{"model":"fake-default","n":1}""")]
    [InlineData("""{"model":7}""", """{"model":7}""")]
    [InlineData("no json at all", "no json at all")]
    [InlineData("", "")]
    public async Task Nothing_else_changes(string sent, string received)
    {
        Change("lm-studio", provider => provider with
        {
            DefaultModel = "fake-default",
            Aliases = new Dictionary<string, string>(StringComparer.Ordinal) { ["gpt"] = "fake-small", ["\"quoted\""] = "a\\b\"c" },
        });
        foreach (var chunked in new[] { false, true })
        {
            using var client = await WireClient.ConnectAsync(setup.Router.Url);
            await client.SendAsync("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                + (chunked ? $"transfer-encoding: chunked\r\n\r\n{Chunks(sent)}0\r\n\r\n" : $"content-length: {Encoding.UTF8.GetByteCount(sent)}\r\n\r\n{sent}"));
            var answer = await client.ReadAnswerAsync();

            Assert.Equal(received, Encoding.UTF8.GetString(setup.Studio.Requests[^1].Body!));
            var row = setup.Log.Query("SELECT * FROM request_logs WHERE request_id = $value", answer!.RequestId).Single();
            Assert.Equal(sent, row.Text("request_body") ?? "");
            Assert.Equal(received != sent, row.Text("attempts")?.Contains("\"model\":", StringComparison.Ordinal) == true);
        }
    }

    [Theory]
    [InlineData("POST", "/v1/batches", "application/json", """{"input_file_id":"f"}""")]
    [InlineData("PUT", "/v1/mirror/x", "application/json", """{"model":"gpt"}""")]
    [InlineData("POST", "/v1/mirror/x", "application/json\r\ncontent-encoding: gzip", """{"model":"gpt"}""")]
    [InlineData("POST", "/v1/mirror/x", "application/json\r\ncontent-md5: x", """{"model":"gpt"}""")]
    [InlineData("POST", "/v1/mirror/x", "multipart/form-data; boundary=b", "--b\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\ngpt\r\n--b--\r\n")]
    public async Task What_cannot_be_changed_or_needs_no_model_is_left_alone(string method, string path, string type, string body)
    {
        Change("lm-studio", provider => provider with
        {
            DefaultModel = "fake-default",
            Aliases = new Dictionary<string, string>(StringComparer.Ordinal) { ["gpt"] = "fake-small" },
        });
        using var client = await WireClient.ConnectAsync(setup.Router.Url);
        await client.SendAsync($"{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {type}\r\ncontent-length: {body.Length}\r\n\r\n{body}");
        await client.ReadAnswerAsync();

        Assert.Equal(body, Encoding.UTF8.GetString(setup.Studio.Requests[^1].Body!));
    }

    [Fact]
    public async Task Each_provider_has_its_own_name_of_it_and_a_large_body_too()
    {
        Change("lm-studio", provider => provider with
        {
            BaseUrl = "http://127.0.0.1:1/v1",
            Aliases = new Dictionary<string, string>(StringComparer.Ordinal) { ["gpt"] = "studio-gpt" },
        });
        Change("qwen-proxy", provider => provider with { Aliases = new Dictionary<string, string>(StringComparer.Ordinal) { ["gpt"] = "proxy-gpt" } });
        using (var store = Database.OpenProviders())
        {
            store.SetActive("lm-studio", ["qwen-proxy"]);
        }

        (await setup.Cli.RunAsync("config", "set", "audit.maxBody", "1KB")).Exits(0);
        var tail = new string('x', 900_000);
        using var response = await setup.ChatAsync("gpt", say: tail);
        _ = await response.Content.ReadAsStringAsync();

        var received = Encoding.UTF8.GetString(setup.Proxy.Requests[^1].Body!);
        Assert.StartsWith("""{"model":"proxy-gpt","messages":""", received, StringComparison.Ordinal);
        Assert.EndsWith($"{tail}\"}}]}}", received, StringComparison.Ordinal);
        var attempts = setup.Log.Of(response).Text("attempts")!;
        Assert.Contains("\"model\":\"studio-gpt\"", attempts, StringComparison.Ordinal);
        Assert.Contains("\"model\":\"proxy-gpt\"", attempts, StringComparison.Ordinal);
        Assert.Equal("gpt", setup.Log.Of(response)["model"]);
    }

    private SqliteDatabase Database => SqliteDatabase.Open(new DataFolder(setup.Folder.Data), TimeProvider.System);

    private void Change(string name, Func<Provider, Provider> change)
    {
        using var store = Database.OpenProviders();
        store.Update(change(store.Find(name)!));
    }

    private static string Chunks(string text) =>
        string.Concat(text.Chunk(7).Select(part => new string(part))
            .Select(part => $"{Encoding.UTF8.GetByteCount(part):x}\r\n{part}\r\n"));
}
