using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Dashboard.Data;

/// <summary>Bodies of chat completions, letters as themselves.</summary>
internal static class ChatJson
{
    private static readonly JsonSerializerOptions AsThemselves = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode json) => json.ToJsonString(AsThemselves);

    public static string Request(string? model, params JsonNode[] messages) => Text(new JsonObject
    {
        ["model"] = model, ["temperature"] = 0.7, ["messages"] = new JsonArray(messages),
    });

    public static JsonObject Says(string role, JsonNode? content) => new() { ["role"] = role, ["content"] = content };

    public static JsonObject Calls(string id, string name, string arguments) => new()
    {
        ["role"] = "assistant",
        ["content"] = null,
        ["tool_calls"] = new JsonArray(Call(id, name, arguments)),
    };

    public static JsonObject Call(string id, string name, string arguments) => new()
    {
        ["id"] = id, ["type"] = "function", ["function"] = new JsonObject { ["name"] = name, ["arguments"] = arguments },
    };

    public static JsonObject Gives(string id, string content) => new() { ["role"] = "tool", ["tool_call_id"] = id, ["content"] = content };

    public static JsonObject Picture(string url) => new() { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = url } };

    public static JsonObject Words(string text) => new() { ["type"] = "text", ["text"] = text };

    public static string Answer(string? model, string? content, string? reasoning = null, JsonArray? calls = null, string finish = "stop")
    {
        var message = Says("assistant", content);
        if (reasoning is not null)
        {
            message["reasoning_content"] = reasoning;
        }

        if (calls is not null)
        {
            message["tool_calls"] = calls;
        }

        return Text(new JsonObject
        {
            ["id"] = "chatcmpl-1", ["object"] = "chat.completion", ["model"] = model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = finish }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 120, ["completion_tokens"] = 80, ["total_tokens"] = 200 },
        });
    }

    public static string Error(string message, string type = "server_error") => Text(new JsonObject
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["code"] = null },
    });

    /// <summary>The same answer as a stream has it, a word an event; of very many words, some together.</summary>
    public static string Events(string? model, string content)
    {
        var all = content.Split(' ');
        var words = all.Chunk(1 + (all.Length / 200)).Select(some => string.Join(' ', some)).Select((word, i) => Text(new JsonObject
        {
            ["id"] = "chatcmpl-1", ["object"] = "chat.completion.chunk", ["model"] = model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject { ["content"] = i == 0 ? word : " " + word }, ["finish_reason"] = null }),
        }));
        return string.Concat(words.Select(word => $"data: {word}\n\n")) + "data: [DONE]\n\n";
    }
}
