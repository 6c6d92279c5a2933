using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

/// <summary>One vector for each input, the same for the same place in the list.</summary>
internal static class Embeddings
{
    private const int DefaultDimensions = 8;

    public static async Task AnswerAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync() is not { } body)
        {
            return;
        }

        var dimensions = Math.Clamp(body.Number("dimensions") ?? DefaultDimensions, 1, 4096);
        var base64 = body.Text("encoding_format") == "base64";
        // A list of numbers is one input, already split into tokens.
        var count = body["input"] is JsonArray { Count: > 0 } inputs && inputs[0]?.GetValueKind() != JsonValueKind.Number
            ? inputs.Count
            : 1;
        var data = Enumerable.Range(0, count).Select(index => (JsonNode)new JsonObject
        {
            ["object"] = "embedding",
            ["index"] = index,
            ["embedding"] = Encode(Vector(index, dimensions), base64),
        });
        await context.SendJsonAsync(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. data]),
            ["model"] = body.Text("model") ?? "fake-embedding",
            ["usage"] = new JsonObject
            {
                ["prompt_tokens"] = FakeUsage.PromptTokens,
                ["total_tokens"] = FakeUsage.PromptTokens,
            },
        });
    }

    // Eighths are exact in binary: both encodings carry the same numbers.
    private static float[] Vector(int index, int dimensions) =>
        [.. Enumerable.Range(0, dimensions).Select(i => ((((index + 1) * (i + 3)) % 16) - 8) / 8f)];

    private static JsonNode Encode(float[] vector, bool base64) => base64
        ? JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)))
        : new JsonArray([.. vector.Select(number => (JsonNode)JsonValue.Create(number))]);
}
