using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using FakeUpstream;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Files;

namespace ProviderRouter.Tests.Clients;

/// <summary>OpenAI's own .NET client, pointed at the router.</summary>
public sealed class OfficialClientTests : IAsyncLifetime
{
    private Setup setup = null!;
    private OpenAIClient client = null!;

    public async ValueTask InitializeAsync()
    {
        setup = await Setup.StartAsync();
        client = new OpenAIClient(new ApiKeyCredential("not-needed"), new OpenAIClientOptions
        {
            Endpoint = new Uri(setup.Router.Url, "v1"),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        });
    }

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task Chat_works()
    {
        ChatCompletion answer = await client.GetChatClient("fake-small").CompleteChatAsync("Grüße 漢字");

        Assert.Equal("studio says: Grüße 漢字", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [Fact]
    public async Task Streaming_works()
    {
        var text = new StringBuilder();
        await foreach (var update in client.GetChatClient("fake-small").CompleteChatStreamingAsync("Grüße 漢字"))
        {
            text.AppendJoin("", update.ContentUpdate.Select(part => part.Text));
        }

        Assert.Equal("studio says: Grüße 漢字", text.ToString());
        Assert.Equal(text.ToString(), (string?)(await setup.Log.WaitForAsync("fake-small")).Answer["choices"]![0]!["message"]!["content"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tools_work(bool stream)
    {
        var chat = client.GetChatClient("tools");
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("get_weather") } };
        var names = new List<string>();
        if (stream)
        {
            await foreach (var update in chat.CompleteChatStreamingAsync([new UserChatMessage("weather?")], options))
            {
                names.AddRange(update.ToolCallUpdates.Select(call => call.FunctionName).Where(name => name is not null));
            }
        }
        else
        {
            ChatCompletion answer = await chat.CompleteChatAsync([new UserChatMessage("weather?")], options);
            names.AddRange(answer.ToolCalls.Select(call => call.FunctionName));
            Assert.Equal(ChatFinishReason.ToolCalls, answer.FinishReason);
        }

        Assert.Equal(["get_weather", "get_time"], names);
    }

    [Fact]
    public async Task Embeddings_work()
    {
        var embeddings = await client.GetEmbeddingClient("fake-small").GenerateEmbeddingsAsync(["one", "two"]);

        Assert.Equal(2, embeddings.Value.Count);
        Assert.NotEmpty(embeddings.Value[0].ToFloats().ToArray());
    }

    [Fact]
    public async Task Files_work()
    {
        var files = client.GetOpenAIFileClient();
        var content = DeterministicBytes.Create(100_000);
        OpenAIFile file = await files.UploadFileAsync(new MemoryStream(content), "data.jsonl", FileUploadPurpose.Assistants);
        BinaryData downloaded = await files.DownloadFileAsync(file.Id);
        await files.DeleteFileAsync(file.Id);

        Assert.Equal("data.jsonl", file.Filename);
        Assert.NotEqual(0, downloaded.ToMemory().Length);
        Assert.Equal(
            ["DELETE ok", "GET ok", "POST ok"],
            setup.Log.Query("SELECT method || ' ' || outcome AS line FROM request_logs WHERE endpoint LIKE '/v1/files%' ORDER BY 1").Select(row => row["line"]));
    }

    [Fact]
    public async Task Models_work()
    {
        var models = await client.GetOpenAIModelClient().GetModelsAsync();

        Assert.Equal(["fake-large", "fake-small"], models.Value.Select(model => model.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_error_of_the_provider_is_the_client_s_own_exception()
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(() => client.GetChatClient("429").CompleteChatAsync("hi"));

        Assert.Equal(429, error.Status);
        Assert.Contains("Rate limit reached", error.Message, StringComparison.Ordinal);
        Assert.True(error.GetRawResponse()!.Headers.TryGetValue("retry-after", out var wait));
        Assert.Equal("7", wait);
    }
}
