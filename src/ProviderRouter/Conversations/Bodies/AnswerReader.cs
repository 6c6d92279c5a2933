using System.Text.Json;
using ProviderRouter.Conversations.Json;

namespace ProviderRouter.Conversations.Bodies;

/// <summary>Reads what was answered.</summary>
internal static class AnswerReader
{
    public static (IReadOnlyList<Answer> Answers, bool BreaksOff) Read(Protocol protocol, int? status, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return ([], false);
        }

        using var json = JsonBody.Read(body);
        var isError = status >= 400;
        if (json is null)
        {
            var text = JsonBody.AsText(body);
            return ([new Answer([isError ? new ErrorPart(text.Trim()) : new TextPart(text)])], false);
        }

        var answers = Answers(protocol, json.Root).ToList();
        if (ErrorAnswer.Read(json.Root, isError) is { } error)
        {
            answers.Add(new Answer([error]));
        }

        return answers.Count > 0 ? (answers, json.BreaksOff)
            : ([new Answer([json.BreaksOff ? new TextPart(JsonBody.AsText(body)) : new OtherPart(Type: null, json.Root.Raw())])], json.BreaksOff);
    }

    private static IEnumerable<Answer> Answers(Protocol protocol, JsonElement root) => protocol switch
    {
        Protocol.Chat or Protocol.Completions => root.List("choices").Select(Choice),
        Protocol.Responses => Output(root),
        Protocol.Messages => root.Field("content") is { ValueKind: JsonValueKind.Array } content
            ? [new Answer([.. ContentParts.Read(content, "content")], root.Text("stop_reason"))] : [],
        Protocol.Embeddings => Vectors(root),
        _ => Pictures(root),
    };

    private static Answer Choice(JsonElement choice) => new(
        [
            .. ContentParts.OfText(choice.Text("text")),
            .. choice.Field("message") is { } message ? ChatMessages.Read(message).Parts
                : choice.ValueKind == JsonValueKind.Object ? [] : [new OtherPart("choice", choice.Raw())],
        ],
        choice.Text("finish_reason"));

    private static IEnumerable<Answer> Output(JsonElement root) => root.Field("output") is { ValueKind: JsonValueKind.Array } output
        ? [new Answer([.. output.EnumerateArray().SelectMany(ResponseItems.Parts)], root.Field("incomplete_details")?.Text("reason") ?? root.Text("status"))]
        : [];

    private static IEnumerable<Answer> Vectors(JsonElement root)
    {
        var sizes = root.List("data").Select(item => item.Field("embedding")).OfType<JsonElement>().Select(Dimensions).ToList();
        if (sizes.Count == 0)
        {
            return [];
        }

        var (least, most) = (sizes.Min(), sizes.Max());
        var dimensions = least == most ? $"{most}" : $"{least} to {most}";
        return [new Answer([new TextPart($"{sizes.Count} {(sizes.Count == 1 ? "vector" : "vectors")} of {dimensions} dimensions")])];
    }

    // As numbers, or as base64 of four bytes each.
    private static long Dimensions(JsonElement vector) => vector.ValueKind == JsonValueKind.Array ? vector.GetArrayLength()
        : MediaParts.FromBase64(MediaKind.File, mediaType: null, vector) is { Bytes: { } bytes } ? bytes / 4 : 0;

    private static IEnumerable<Answer> Pictures(JsonElement root)
    {
        var parts = root.List("data").Select(item =>
            MediaParts.FromBase64(MediaKind.Image, mediaType: null, item.Field("b64_json"))
            ?? (item.GetPropertyOrItemCount() <= 2 ? MediaParts.FromUrl(MediaKind.Image, item.Field("url")) : null)).OfType<Part>().ToList();
        return parts.Count > 0 && parts.Count == root.List("data").Count() ? [new Answer(parts)] : [];
    }
}
