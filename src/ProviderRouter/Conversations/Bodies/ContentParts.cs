using System.Text.Json;
using ProviderRouter.Conversations.Json;

namespace ProviderRouter.Conversations.Bodies;

/// <summary>Reads the content of messages. The protocols share most of its types, so all are known everywhere.</summary>
internal static class ContentParts
{
    /// <summary>From a text, a list of parts, or one part; anything else is shown as it is.</summary>
    /// <param name="content">The content; null where there is none.</param>
    /// <param name="name">What it is called where it is nothing known.</param>
    public static IEnumerable<Part> Read(JsonElement? content, string name) => content switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } text => OfText(text.AsText()),
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(item => OfOne(item, name)),
        { ValueKind: JsonValueKind.Object } one => [OfOne(one, name)],
        { } other => [new OtherPart(name, other.Raw())],
    };

    /// <summary>One part of a text that is there and not empty.</summary>
    public static IEnumerable<Part> OfText(string? text) => string.IsNullOrEmpty(text) ? [] : [new TextPart(text)];

    /// <summary>One part of reasoning that is there and not empty.</summary>
    public static IEnumerable<Part> OfReasoning(string? text) => string.IsNullOrEmpty(text) ? [] : [new ReasoningPart(text)];

    private static Part OfOne(JsonElement part, string name) =>
        part.AsText() is { } text ? new TextPart(text) : Known(part, part.Text("type")) ?? Unknown(part, name);

    /// <summary>A part as it is, by its type, or by the name of where it stands.</summary>
    public static OtherPart Unknown(JsonElement part, string name) => new(part.Text("type") ?? name, part.Raw());

    private static Part? Known(JsonElement part, string? type) => type switch
    {
        "text" or "input_text" or "output_text" => Text(part.Text("text")),
        "refusal" => part.Text("refusal") is { } refusal ? new RefusalPart(refusal) : null,
        "thinking" or "reasoning" or "reasoning_text" or "summary_text" => Reasoning(part),
        "redacted_thinking" => new ReasoningPart("", IsEncrypted: true),
        "tool_use" or "server_tool_use" or "mcp_tool_use" => ToolCalls.OfUse(part),
        _ when type is "tool_result" || type?.EndsWith("_tool_result", StringComparison.Ordinal) == true => ToolCalls.OfResult(part),
        "image_url" => MediaParts.FromUrl(MediaKind.Image, UrlIn(part, type)),
        "video_url" => MediaParts.FromUrl(MediaKind.Video, UrlIn(part, type)),
        "audio_url" => MediaParts.FromUrl(MediaKind.Audio, UrlIn(part, type)),
        "input_audio" => Audio(part.Field("input_audio") ?? part),
        "input_image" => MediaParts.FromUrl(MediaKind.Image, part.Field("image_url")) ?? MediaParts.FromId(MediaKind.Image, part.Text("file_id")),
        "file" or "input_file" => File(part.Field("file") ?? part),
        "image" => MediaParts.FromSource(MediaKind.Image, part.Field("source"), name: null) ?? McpImage(part),
        "document" => Document(part),
        _ => null,
    };

    private static TextPart? Text(string? text) => text is null ? null : new TextPart(text);

    private static ReasoningPart? Reasoning(JsonElement part) =>
        (part.Text("thinking") ?? part.Text("text") ?? part.Text("reasoning")) is { } text ? new ReasoningPart(text) : null;

    // {"image_url":{"url":…}}, or the URL itself.
    private static JsonElement? UrlIn(JsonElement part, string type) =>
        part.Field(type) is { ValueKind: JsonValueKind.Object } inner ? inner.Field("url") : part.Field(type);

    private static MediaPart? Audio(JsonElement audio) =>
        MediaParts.FromContent(MediaKind.Audio, audio.Text("format") is { } format ? "audio/" + format : null, audio.Field("data"));

    // The data is a data URL, by OpenAI's documentation; base64 alone, by its examples.
    private static MediaPart? File(JsonElement file)
    {
        var name = file.Text("filename");
        return MediaParts.FromUrl(MediaKind.File, file.Field("file_url"), name)
            ?? MediaParts.FromContent(MediaKind.File, mediaType: null, file.Field("file_data"), name)
            ?? MediaParts.FromId(MediaKind.File, file.Text("file_id"), name);
    }

    private static MediaPart? McpImage(JsonElement part) =>
        MediaParts.FromBase64(MediaKind.Image, part.Text("mimeType"), part.Field("data"));

    private static Part? Document(JsonElement part)
    {
        var source = part.Field("source");
        return source?.Text("type") == "text" ? Text(source?.Text("data"))
            : MediaParts.FromSource(MediaKind.File, source, part.Text("title"));
    }
}
