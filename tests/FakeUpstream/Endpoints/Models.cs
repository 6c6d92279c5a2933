using System.Text.Json.Nodes;
using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

internal static class Models
{
    public static Task ListAsync(HttpContext context) => context.SendJsonAsync(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray(Model("fake-small"), Model("fake-large")),
    });

    public static Task GetAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return id is "fake-small" or "fake-large"
            ? context.SendJsonAsync(Model(id))
            : context.SendErrorAsync(404, $"The model '{id}' does not exist.", "invalid_request_error", "model_not_found");
    }

    private static JsonObject Model(string id) => new()
    {
        ["id"] = id,
        ["object"] = "model",
        ["created"] = FakeUsage.Created,
        ["owned_by"] = "fake",
    };
}
