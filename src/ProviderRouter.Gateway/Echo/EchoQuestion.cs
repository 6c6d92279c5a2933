using System.Text.Json;

namespace ProviderRouter.Gateway.Echo;

/// <summary>What <c>echo</c> was asked.</summary>
/// <param name="Text">The text of the last message of the user; empty when there is none.</param>
/// <param name="Words">Words in all messages: echo's tokens.</param>
/// <param name="Stream">True when a stream is wanted.</param>
/// <param name="IncludeUsage">True when the stream is to end with the usage.</param>
internal sealed record EchoQuestion(string Text, int Words, bool Stream, bool IncludeUsage)
{
    /// <exception cref="JsonException">It is no request for a chat completion; the message says why.</exception>
    public static EchoQuestion Read(byte[] body)
    {
        using var json = Parse(body);
        try
        {
            return Read(json.RootElement);
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("The body has half of a character in it (a \\u escape of one surrogate alone).", error);
        }
    }

    private static EchoQuestion Read(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object
            || !request.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("The body must be a JSON object with a list of \"messages\".");
        }

        var texts = messages.EnumerateArray().Where(message => message.ValueKind == JsonValueKind.Object)
            .Select(message => (Role: TextIn(message, "role"), Content: Content(message))).ToList();
        return new EchoQuestion(
            texts.LastOrDefault(message => message.Role == "user").Content ?? "",
            texts.Sum(message => CountWords(message.Content)),
            IsTrue(request, "stream"),
            request.TryGetProperty("stream_options", out var options) && IsTrue(options, "include_usage"));
    }

    /// <summary>Words as echo counts them.</summary>
    public static int CountWords(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException error)
        {
            throw new JsonException($"The body is not JSON: {error.Message}", error);
        }
    }

    /// <summary>A message's content: text, or a list of parts some of which are text.</summary>
    private static string Content(JsonElement message) =>
        !message.TryGetProperty("content", out var content) ? ""
        : content.ValueKind == JsonValueKind.String ? content.GetString()!
        : content.ValueKind == JsonValueKind.Array ? string.Join('\n', content.EnumerateArray()
            .Where(part => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out _)).Select(part => TextIn(part, "text")))
        : "";

    private static string TextIn(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static bool IsTrue(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
