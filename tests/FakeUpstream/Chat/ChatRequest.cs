using System.Text.Json.Nodes;
using FakeUpstream.Recording;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat;

/// <summary>One request for a chat completion, with what a scenario needs of it.</summary>
internal sealed class ChatRequest(HttpContext context, JsonObject body)
{
    public HttpContext Context { get; } = context;

    public CancellationToken Aborted => Context.RequestAborted;

    public string Model { get; } = body.Text("model") ?? "fake-small";

    public bool Stream { get; } = body.Flag("stream");

    public bool IncludeUsage { get; } = body["stream_options"] is JsonObject options && options.Flag("include_usage");

    /// <summary>What the user says.</summary>
    public string Prompt { get; } = JsonRequest.PromptText(body["messages"]);

    /// <summary>What an ordinary answer says.</summary>
    public string Text => $"{Exchange.Of(Context).UpstreamName} says: {Prompt}";

    public JsonObject Completion(ChatAnswer answer) => new()
    {
        ["id"] = "chatcmpl-fake",
        ["object"] = "chat.completion",
        ["created"] = FakeUsage.Created,
        ["model"] = Model,
        ["choices"] = new JsonArray([.. answer.Choices]),
        ["usage"] = FakeUsage.Chat(),
        ["system_fingerprint"] = "fp_fake",
    };

    public IEnumerable<JsonObject> Chunks(ChatAnswer answer)
    {
        var chunks = answer.Deltas.Select(delta => Chunk([delta], usage: null));
        return IncludeUsage ? chunks.Append(Chunk([], FakeUsage.Chat())) : chunks;
    }

    private JsonObject Chunk(JsonArray choices, JsonObject? usage)
    {
        var chunk = new JsonObject
        {
            ["id"] = "chatcmpl-fake",
            ["object"] = "chat.completion.chunk",
            ["created"] = FakeUsage.Created,
            ["model"] = Model,
            ["choices"] = choices,
            ["system_fingerprint"] = "fp_fake",
        };
        // Asked for usage, OpenAI puts a null into every chunk but the last.
        if (IncludeUsage)
        {
            chunk["usage"] = usage;
        }

        return chunk;
    }
}
