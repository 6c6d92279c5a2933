using System.Text.Json;
using ProviderRouter.Conversations.Json;

namespace ProviderRouter.Conversations.Bodies;

/// <summary>Reads what a request asks.</summary>
internal static class RequestReader
{
    public static Conversation Read(Protocol protocol, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return new Conversation();
        }

        using var json = JsonBody.Read(body);
        // Of a conversation the beginning is worth having; anything else is better shown as it is.
        if (json is null || (json.BreaksOff && (protocol == Protocol.Other || json.Root.ValueKind != JsonValueKind.Object)))
        {
            return new Conversation { Messages = [new Message(Message.Body, [new TextPart(JsonBody.AsText(body))])], RequestBreaksOff = json is not null };
        }

        if (protocol == Protocol.Other || json.Root.ValueKind != JsonValueKind.Object)
        {
            return new Conversation { Messages = [new Message(Message.Body, [new OtherPart(Type: null, json.Root.Raw())])] };
        }

        var root = json.Root;
        return new Conversation
        {
            Messages = [.. Messages(protocol, root)],
            Tools = [.. root.List("tools").Concat(root.List("functions")).Select(ToolName)],
            Facts = [.. root.Fields().Where(field => !IsRead(protocol, field)).Select(field => new RequestFact(field.Name, field.Value.TextOrRaw()))],
            RequestBreaksOff = json.BreaksOff,
        };
    }

    private static IEnumerable<Message> Messages(Protocol protocol, JsonElement root) => protocol switch
    {
        Protocol.Chat => root.List("messages").Select(ChatMessages.Read),
        Protocol.Messages => Said("system", root, "system").Concat(root.List("messages").Select(ChatMessages.Read)),
        Protocol.Responses => Said("system", root, "instructions").Concat(Input(root)),
        Protocol.Completions => Texts(root.Field("prompt"), "prompt"),
        _ => Texts(root.Field("input"), "input"),
    };

    private static IEnumerable<Message> Said(string role, JsonElement root, string field) =>
        ContentParts.Read(root.Field(field), field).ToList() is { Count: > 0 } parts ? [new Message(role, parts)] : [];

    private static IEnumerable<Message> Input(JsonElement root) => root.Field("input") is { ValueKind: JsonValueKind.Array } items
        ? items.EnumerateArray().Select(ResponseItems.Read) : Said("user", root, "input");

    /// <summary>One text or several, each a message; a text may also be given as tokens.</summary>
    private static IEnumerable<Message> Texts(JsonElement? texts, string name) => texts switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list when !list.EnumerateArray().Any(text => text.ValueKind == JsonValueKind.Number) =>
            list.EnumerateArray().Select(text => new Message(Message.Prompt, [.. ContentParts.Read(text, name)])),
        { ValueKind: JsonValueKind.Array } tokens => [new Message(Message.Prompt, [new OtherPart("tokens", tokens.Raw())])],
        { } one => [new Message(Message.Prompt, [.. ContentParts.Read(one, name)])],
    };

    /// <summary>True of what is shown elsewhere. A field of a type that is not expected stays a fact.</summary>
    private static bool IsRead(Protocol protocol, (string Name, JsonElement Value) field) => (protocol, field.Name) switch
    {
        (_, "tools" or "functions") => field.Value.ValueKind == JsonValueKind.Array,
        (Protocol.Chat or Protocol.Messages, "messages") => field.Value.ValueKind == JsonValueKind.Array,
        (Protocol.Messages, "system") or (Protocol.Responses, "instructions" or "input") => true,
        (Protocol.Completions, "prompt") or (Protocol.Embeddings, "input") => true,
        _ => false,
    };

    private static string ToolName(JsonElement tool) =>
        tool.Field("function")?.Text("name") ?? tool.Field("custom")?.Text("name") ?? tool.Text("name") ?? tool.Text("type") ?? tool.Raw();
}
