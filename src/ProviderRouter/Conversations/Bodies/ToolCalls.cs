using System.Text.Json;
using ProviderRouter.Conversations.Json;

namespace ProviderRouter.Conversations.Bodies;

/// <summary>Reads the calls of tools and their results, in every protocol's form.</summary>
internal static class ToolCalls
{
    /// <summary>From <c>chat/completions</c>: <c>tool_calls</c>, and the older <c>function_call</c>.</summary>
    public static IEnumerable<Part> OfMessage(JsonElement message)
    {
        var calls = message.Field("tool_calls");
        foreach (var call in calls?.AsList() ?? [])
        {
            // A tool of type custom has an input in the place of arguments.
            var function = call.Field("function") ?? call.Field("custom");
            yield return function is { ValueKind: JsonValueKind.Object } named ? Called(call.Text("id"), named)
                : ContentParts.Unknown(call, "tool_calls");
        }

        if (calls is { ValueKind: not JsonValueKind.Array } strange)
        {
            yield return ContentParts.Unknown(strange, "tool_calls");
        }

        if (message.Field("function_call") is { } older)
        {
            yield return Called(id: null, older);
        }
    }

    /// <summary>From an item of <c>responses</c>: <c>function_call</c>, <c>custom_tool_call</c>.</summary>
    public static ToolCallPart OfItem(JsonElement item) => Called(item.Text("call_id") ?? item.Text("id"), item);

    /// <summary>From an item of <c>responses</c>: <c>function_call_output</c>, <c>custom_tool_call_output</c>.</summary>
    public static ToolResultPart OfOutput(JsonElement item) =>
        new(item.Text("call_id"), [.. ContentParts.Read(item.Field("output"), "output")]);

    /// <summary>From a block of <c>messages</c>: <c>tool_use</c>.</summary>
    public static ToolCallPart OfUse(JsonElement block) => Called(block.Text("id"), block);

    /// <summary>From a block of <c>messages</c>: <c>tool_result</c>.</summary>
    public static ToolResultPart OfResult(JsonElement block) => new(
        block.Text("tool_use_id"), [.. ContentParts.Read(block.Field("content"), "content")],
        block.Field("is_error")?.ValueKind == JsonValueKind.True);

    private static ToolCallPart Called(string? id, JsonElement call) => new(
        id, call.Text("name") ?? "", (call.Field("arguments") ?? call.Field("input"))?.TextOrRaw() ?? "");
}
