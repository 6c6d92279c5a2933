using System.Text.Json.Nodes;
using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

internal static class Images
{
    // One transparent pixel.
    private const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    public static async Task GenerateAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync() is not { } body)
        {
            return;
        }

        var count = Math.Clamp(body.Number("n") ?? 1, 1, 10);
        var images = Enumerable.Range(0, count).Select(_ => (JsonNode)new JsonObject { ["b64_json"] = Png });
        await context.SendJsonAsync(new JsonObject
        {
            ["created"] = FakeUsage.Created,
            ["data"] = new JsonArray([.. images]),
        });
    }
}
