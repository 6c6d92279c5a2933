using System.Text.Json.Nodes;
using System.Text.Unicode;
using FakeUpstream.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace FakeUpstream.Endpoints;

/// <summary>Tells the client what arrived; <c>?status=NNN</c> chooses the status it is told with.</summary>
internal static class Mirror
{
    private const int LongestText = 64 * 1024;

    public static async Task AnswerAsync(HttpContext context)
    {
        using var beginning = new MemoryStream();
        var (bytes, sha256) = await BodyHash.ReadAsync(context.Request.Body, context.RequestAborted, beginning, LongestText);
        var status = int.TryParse(context.Request.Query["status"], out var asked) && asked is >= 200 and <= 599 ? asked : 200;
        if (status is 204 or 205 or 304)
        {
            context.Response.StatusCode = status;
            return;
        }

        var headers = new JsonObject();
        foreach (var (name, values) in context.Request.Headers)
        {
            headers[name.ToLowerInvariant()] = string.Join(", ", values.ToArray());
        }

        await context.SendJsonAsync(
            new JsonObject
            {
                ["method"] = context.Request.Method,
                ["target"] = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                ["headers"] = headers,
                ["bodyBytes"] = bytes,
                ["bodySha256"] = sha256,
                ["body"] = bytes <= LongestText ? Text(beginning.ToArray()) : null,
            },
            status);
    }

    private static string? Text(byte[] body) => Utf8.IsValid(body) ? System.Text.Encoding.UTF8.GetString(body) : null;
}
