using System.Text.Json;
using ProviderRouter.Conversations.Json;

namespace ProviderRouter.Conversations.Bodies;

/// <summary>Reads the messages of <c>chat/completions</c>, and those of Anthropic, which differ in what they may hold alone.</summary>
internal static class ChatMessages
{
    private static readonly string[] Known =
    [
        "role", "content", "name", "reasoning_content", "reasoning", "reasoning_details", "refusal", "tool_calls", "function_call",
        "tool_call_id", "audio", "images",
    ];

    public static Message Read(JsonElement message)
    {
        var role = message.Text("role") ?? (message.ValueKind == JsonValueKind.Object ? "no role" : "no message");
        var parts = message.ValueKind == JsonValueKind.Object ? Parts(message).ToList() : [new OtherPart(Type: null, message.Raw())];
        return new Message(role, role is "tool" or "function" ? [AsResult(message, parts)] : parts) { Name = message.Text("name") };
    }

    /// <summary>What a message is made of: what was thought before what was said.</summary>
    public static IEnumerable<Part> Parts(JsonElement message)
    {
        // Where both are there they are the same.
        var reasoning = message.Text("reasoning_content") ?? message.Text("reasoning");
        return
        [
            .. ContentParts.OfReasoning(reasoning),
            .. reasoning is null ? Details(message) : [],
            .. ContentParts.Read(message.Field("content"), "content"),
            .. message.Text("refusal") is { } refusal ? [new RefusalPart(refusal)] : Enumerable.Empty<Part>(),
            .. ContentParts.Read(message.Field("images"), "images"),
            .. Audio(message.Field("audio")),
            .. ToolCalls.OfMessage(message),
            .. message.Fields().Where(field => !Known.Contains(field.Name) && !field.Value.IsEmpty())
                .Select(field => new OtherPart(field.Name, field.Value.Raw())),
        ];
    }

    private static IEnumerable<Part> Details(JsonElement message) => message.List("reasoning_details").Select(detail =>
        (detail.Text("text") ?? detail.Text("summary")) is { } text ? new ReasoningPart(text)
            : detail.Field("data") is not null ? new ReasoningPart("", IsEncrypted: true)
            : (Part)ContentParts.Unknown(detail, "reasoning_details"));

    private static IEnumerable<Part> Audio(JsonElement? audio) => audio is not { } sound ? [] :
    [
        MediaParts.FromBase64(MediaKind.Audio, mediaType: null, sound.Field("data")) ?? MediaParts.FromId(MediaKind.Audio, sound.Text("id"))
            ?? (Part)new OtherPart("audio", sound.Raw()),
        .. ContentParts.OfText(sound.Text("transcript")),
    ];

    private static ToolResultPart AsResult(JsonElement message, List<Part> parts) =>
        new(message.Text("tool_call_id") ?? message.Text("name"), parts);
}
