using System.Text.Json.Nodes;
using FakeUpstream.Recording;
using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

/// <summary>The older completions, whose choices bear <c>text</c>.</summary>
internal static class Completions
{
    public static async Task AnswerAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync() is not { } body)
        {
            return;
        }

        var model = body.Text("model") ?? "fake-small";
        var prompt = body["prompt"] is JsonArray { Count: > 0 } prompts ? prompts[0] : body["prompt"];
        var text = $"{Exchange.Of(context).UpstreamName} says: {JsonRequest.PromptText(prompt)}";
        if (!body.Flag("stream"))
        {
            await context.SendJsonAsync(Completion(model, Choice(text, "stop"), FakeUsage.Chat()));
            return;
        }

        var sse = await SseWriter.StartAsync(context);
        var includesUsage = body["stream_options"] is JsonObject options && options.Flag("include_usage");
        foreach (var piece in TextPieces.Split(text))
        {
            await sse.SendAsync(Chunk(model, Choice(piece, finishReason: null), includesUsage));
        }

        await sse.SendAsync(Chunk(model, Choice("", "stop"), includesUsage));
        if (includesUsage)
        {
            await sse.SendAsync(Completion(model, choice: null, FakeUsage.Chat()));
        }

        await sse.DoneAsync();
    }

    /// <summary>Asked for usage, OpenAI puts a null into every chunk but the last.</summary>
    private static JsonObject Chunk(string model, JsonObject choice, bool includesUsage)
    {
        var chunk = Completion(model, choice, usage: null);
        if (!includesUsage)
        {
            chunk.Remove("usage");
        }

        return chunk;
    }

    private static JsonObject Completion(string model, JsonObject? choice, JsonObject? usage) => new()
    {
        ["id"] = "cmpl-fake",
        ["object"] = "text_completion",
        ["created"] = FakeUsage.Created,
        ["model"] = model,
        ["choices"] = choice is null ? [] : new JsonArray(choice),
        ["usage"] = usage,
    };

    private static JsonObject Choice(string text, string? finishReason) => new()
    {
        ["text"] = text,
        ["index"] = 0,
        ["logprobs"] = null,
        ["finish_reason"] = finishReason,
    };
}
