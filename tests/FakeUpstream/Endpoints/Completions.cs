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
        foreach (var piece in TextPieces.Split(text))
        {
            await sse.SendAsync(Completion(model, Choice(piece, finishReason: null), usage: null));
        }

        await sse.SendAsync(Completion(model, Choice("", "stop"), usage: null));
        if (body["stream_options"] is JsonObject options && options.Flag("include_usage"))
        {
            await sse.SendAsync(Completion(model, choice: null, FakeUsage.Chat()));
        }

        await sse.DoneAsync();
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
