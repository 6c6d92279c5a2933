using System.Text.Json.Nodes;
using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

/// <summary>Swallows a body of any size and tells its size and hash.</summary>
internal static class Sink
{
    public static async Task AnswerAsync(HttpContext context)
    {
        var (bytes, sha256) = await BodyHash.ReadAsync(context.Request.Body, context.RequestAborted);
        await context.SendJsonAsync(new JsonObject { ["bytes"] = bytes, ["sha256"] = sha256 });
    }
}
