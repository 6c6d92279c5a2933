using System.Text.Json;
using ProviderRouter.Conversations.Json;

namespace ProviderRouter.Conversations.Bodies;

/// <summary>Reads the items of <c>responses</c>: those that go in and those that come out.</summary>
internal static class ResponseItems
{
    public static Message Read(JsonElement item)
    {
        var role = item.Text("role") ?? RoleOf(item.Text("type"));
        return new Message(role, [.. Parts(item)]);
    }

    public static IEnumerable<Part> Parts(JsonElement item) => (item.Text("type") ?? (item.Field("role") is null ? "" : "message")) switch
    {
        "message" => ContentParts.Read(item.Field("content"), "content"),
        "function_call" or "custom_tool_call" => [ToolCalls.OfItem(item)],
        "function_call_output" or "custom_tool_call_output" => [ToolCalls.OfOutput(item)],
        "reasoning" => Reasoning(item),
        "image_generation_call" when MediaParts.FromBase64(MediaKind.Image, mediaType: null, item.Field("result")) is { } image => [image],
        _ => ContentParts.Read(item, "item"),
    };

    private static IEnumerable<Part> Reasoning(JsonElement item)
    {
        var isEncrypted = item.Field("encrypted_content") is not null;
        var texts = item.List("content").Concat(item.List("summary")).Select(part => part.Text("text")).Where(text => !string.IsNullOrEmpty(text));
        var all = string.Join("\n\n", texts);
        return all.Length > 0 || isEncrypted ? [new ReasoningPart(all, isEncrypted)] : [];
    }

    private static string RoleOf(string? type) => type switch
    {
        "function_call_output" or "custom_tool_call_output" => "tool",
        null or "input_text" or "input_image" or "input_file" or "input_audio" => "user",
        _ when type.EndsWith("_output", StringComparison.Ordinal) => "tool",
        _ => "assistant",
    };
}
