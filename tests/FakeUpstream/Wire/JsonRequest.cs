using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeUpstream.Wire;

/// <summary>Reads what a client asks, tolerant as providers are.</summary>
internal static class JsonRequest
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The body's object, or null after a 400 was answered.</summary>
    public static async Task<JsonObject?> ReadJsonAsync(this HttpContext context)
    {
        try
        {
            if (await JsonNode.ParseAsync(context.Request.Body, null, Strict, context.RequestAborted) is JsonObject body)
            {
                return body;
            }
        }
        catch (JsonException)
        {
            // Answered below, like any JSON that is no object.
        }

        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await context.SendErrorAsync(400, "We could not parse the JSON body of your request.", "invalid_request_error");
        return null;
    }

    public static bool Flag(this JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public static string? Text(this JsonObject body, string name) => Text(body[name]);

    public static int? Number(this JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    /// <summary>A prompt's text: a string, or the last user message of a list, be its content text or parts.</summary>
    public static string PromptText(JsonNode? prompt) => prompt switch
    {
        JsonValue value => Text(value) ?? "",
        JsonArray messages when messages.OfType<JsonObject>().LastOrDefault(IsUser) is { } last => ContentText(last["content"]),
        _ => "",
    };

    private static bool IsUser(JsonObject message) => message.Text("role") == "user";

    private static string ContentText(JsonNode? content) => content switch
    {
        JsonValue value => Text(value) ?? "",
        JsonArray parts => string.Concat(parts.OfType<JsonObject>().Select(part => part.Text("text"))),
        _ => "",
    };

    private static string? Text(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Invalid UTF-8 or half a surrogate pair: JSON in form, but no text.
            return "\uFFFD";
        }
    }
}
