using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Gateway;

/// <summary>The provider inside the router, for people without any LLM.</summary>
public sealed class EchoTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private Router router = null!;

    public async ValueTask InitializeAsync()
    {
        router = await Router.StartAsync(folder);
        (await new Programs.Cli(folder).RunAsync("set", "echo")).Exits(0);
    }

    public async ValueTask DisposeAsync()
    {
        await router.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task It_says_what_it_is_and_what_it_was_told_plain_and_streamed()
    {
        const string Question = """{"model":"any","messages":[{"role":"system","content":"be nice"},{"role":"user","content":[{"type":"text","text":"Grüße 漢字 😀"}]}]""";
        using var plain = await PostAsync(Question + "}");
        using var streamed = await PostAsync(Question + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

        var answer = JsonNode.Parse(await plain.Content.ReadAsStringAsync())!;
        var text = (string?)answer["choices"]![0]!["message"]!["content"];
        Assert.Equal("This is echo, the provider inside Provider Router: no model was asked. You said: Grüße 漢字 😀", text);
        Assert.EndsWith("data: [DONE]\n\n", await streamed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("text/event-stream", streamed.Content.Headers.ContentType?.MediaType);
        var row = new RecordedLog(folder).Of(streamed);
        Assert.Equal("echo", row["provider"]);
        Assert.Equal(text, (string?)row.Answer["choices"]![0]!["message"]!["content"]);
        Assert.Equal(answer["usage"]!.ToJsonString(), row.Answer["usage"]!.ToJsonString());
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("{", 400)]
    [InlineData("[]", 400)]
    [InlineData("{\"messages\":\"hi\"}", 400)]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}", 400)]
    [InlineData("{\"messages\":[]}", 200)]
    [InlineData("{\"messages\":[7,null,{\"role\":\"user\"},{\"role\":\"user\",\"content\":[3,{\"text\":4}]}]}", 200)]
    public async Task Bad_questions_get_a_clear_error(string body, int status)
    {
        using var response = await PostAsync(body);

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 400)
        {
            Assert.NotNull((string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["message"]);
        }
    }

    [Fact]
    public async Task It_lists_itself_as_a_model_and_says_what_else_it_does_not_know()
    {
        Assert.Equal("echo", (string?)JsonNode.Parse(await router.Client.GetStringAsync("v1/models"))!["data"]![0]!["id"]);
        Assert.Equal("echo", (string?)JsonNode.Parse(await router.Client.GetStringAsync("v1/models/echo"))!["id"]);
        using var unknown = await router.Client.GetAsync("v1/files");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("echo answers only", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> PostAsync(string body) =>
        router.Client.PostAsync("v1/chat/completions", new StringContent(body, Encoding.UTF8, "application/json"));
}
