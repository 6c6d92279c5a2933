using System.Text.Json.Nodes;
using FakeUpstream.Recording;
using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

/// <summary>The Responses API: named events, the whole object in the last one, no [DONE].</summary>
internal static class Responses
{
    private const string ItemId = "msg_fake";

    public static async Task AnswerAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync() is not { } body)
        {
            return;
        }

        var model = body.Text("model") ?? "fake-small";
        var text = $"{Exchange.Of(context).UpstreamName} says: {JsonRequest.PromptText(body["input"])}";
        if (!body.Flag("stream"))
        {
            await context.SendJsonAsync(Response(model, "completed", Item("completed", text), FakeUsage.Responses()));
            return;
        }

        var sse = await SseWriter.StartAsync(context);
        var number = 0;
        foreach (var happening in Events(model, text))
        {
            happening["sequence_number"] = number++;
            await sse.SendTypedAsync(happening);
        }
    }

    private static IEnumerable<JsonObject> Events(string model, string text)
    {
        yield return new() { ["type"] = "response.created", ["response"] = Response(model, "in_progress") };
        yield return new() { ["type"] = "response.in_progress", ["response"] = Response(model, "in_progress") };
        yield return new() { ["type"] = "response.output_item.added", ["output_index"] = 0, ["item"] = Item("in_progress") };
        yield return PartEvent("response.content_part.added", "part", Part(""));
        foreach (var piece in TextPieces.Split(text))
        {
            yield return PartEvent("response.output_text.delta", "delta", piece);
        }

        yield return PartEvent("response.output_text.done", "text", text);
        yield return PartEvent("response.content_part.done", "part", Part(text));
        yield return new() { ["type"] = "response.output_item.done", ["output_index"] = 0, ["item"] = Item("completed", text) };
        var whole = Response(model, "completed", Item("completed", text), FakeUsage.Responses());
        yield return new() { ["type"] = "response.completed", ["response"] = whole };
    }

    private static JsonObject PartEvent(string type, string name, JsonNode value) => new()
    {
        ["type"] = type,
        ["item_id"] = ItemId,
        ["output_index"] = 0,
        ["content_index"] = 0,
        [name] = value,
    };

    private static JsonObject Response(string model, string status, JsonObject? item = null, JsonObject? usage = null) => new()
    {
        ["id"] = "resp_fake",
        ["object"] = "response",
        ["created_at"] = FakeUsage.Created,
        ["status"] = status,
        ["error"] = null,
        ["incomplete_details"] = null,
        ["instructions"] = null,
        ["metadata"] = new JsonObject(),
        ["model"] = model,
        ["output"] = item is null ? [] : new JsonArray(item),
        ["parallel_tool_calls"] = true,
        ["tool_choice"] = "auto",
        ["tools"] = new JsonArray(),
        ["usage"] = usage,
    };

    private static JsonObject Item(string status, string? text = null) => new()
    {
        ["id"] = ItemId,
        ["type"] = "message",
        ["status"] = status,
        ["role"] = "assistant",
        ["content"] = text is null ? [] : new JsonArray(Part(text)),
    };

    private static JsonObject Part(string text) => new()
    {
        ["type"] = "output_text",
        ["text"] = text,
        ["annotations"] = new JsonArray(),
    };
}
