using System.Text.Json.Nodes;
using FakeUpstream.Recording;
using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

/// <summary>Anthropic's form: a text block, then a tool call.</summary>
internal static class Messages
{
    private const string ToolInput = """{"city":"Zürich","note":"漢字 🙂"}""";

    public static async Task AnswerAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync() is not { } body)
        {
            return;
        }

        var model = body.Text("model") ?? "fake-small";
        var text = $"{Exchange.Of(context).UpstreamName} says: {JsonRequest.PromptText(body["messages"])}";
        if (!body.Flag("stream"))
        {
            JsonArray content = [TextBlock(text), ToolBlock(JsonNode.Parse(ToolInput)!)];
            await context.SendJsonAsync(Message(model, content, "tool_use", FakeUsage.CompletionTokens));
            return;
        }

        var sse = await SseWriter.StartAsync(context);
        foreach (var happening in Events(model, text))
        {
            await sse.SendTypedAsync(happening);
        }
    }

    private static IEnumerable<JsonObject> Events(string model, string text)
    {
        yield return new() { ["type"] = "message_start", ["message"] = Message(model, [], stopReason: null, outputTokens: 1) };
        yield return new() { ["type"] = "content_block_start", ["index"] = 0, ["content_block"] = TextBlock("") };
        yield return new() { ["type"] = "ping" };
        foreach (var piece in TextPieces.Split(text))
        {
            yield return Delta(0, new() { ["type"] = "text_delta", ["text"] = piece });
        }

        yield return new() { ["type"] = "content_block_stop", ["index"] = 0 };
        yield return new() { ["type"] = "content_block_start", ["index"] = 1, ["content_block"] = ToolBlock(new JsonObject()) };
        foreach (var piece in TextPieces.Split(ToolInput).Prepend(""))
        {
            yield return Delta(1, new() { ["type"] = "input_json_delta", ["partial_json"] = piece });
        }

        yield return new() { ["type"] = "content_block_stop", ["index"] = 1 };
        yield return new()
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = "tool_use", ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = FakeUsage.CompletionTokens },
        };
        yield return new() { ["type"] = "message_stop" };
    }

    private static JsonObject Message(string model, JsonArray content, string? stopReason, int outputTokens) => new()
    {
        ["id"] = "msg_fake",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = model,
        ["content"] = content,
        ["stop_reason"] = stopReason,
        ["stop_sequence"] = null,
        ["usage"] = FakeUsage.Messages(outputTokens),
    };

    private static JsonObject Delta(int index, JsonObject delta) =>
        new() { ["type"] = "content_block_delta", ["index"] = index, ["delta"] = delta };

    private static JsonObject TextBlock(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject ToolBlock(JsonNode input) =>
        new() { ["type"] = "tool_use", ["id"] = "toolu_fake", ["name"] = "get_weather", ["input"] = input };
}
