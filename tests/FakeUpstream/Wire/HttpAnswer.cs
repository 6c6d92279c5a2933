using System.IO.Pipelines;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;

namespace FakeUpstream.Wire;

/// <summary>Whole answers, sent with their length.</summary>
internal static class HttpAnswer
{
    public static Task SendJsonAsync(this HttpContext context, JsonNode node, int status = 200) =>
        context.SendAsync("application/json", JsonText.Bytes(node), status);

    public static async Task SendAsync(this HttpContext context, string contentType, ReadOnlyMemory<byte> body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.WriteAsync(body);
    }

    /// <summary>Writes and flushes part of a body.</summary>
    public static async Task WriteAsync(this HttpContext context, ReadOnlyMemory<byte> part) =>
        ThrowIfClientLeft(await context.Response.BodyWriter.WriteAsync(part, context.RequestAborted));

    public static async Task FlushAsync(this HttpContext context) =>
        ThrowIfClientLeft(await context.Response.BodyWriter.FlushAsync(context.RequestAborted));

    /// <summary>OpenAI's error object.</summary>
    public static Task SendErrorAsync(this HttpContext context, int status, string message, string type, string? code = null) =>
        context.SendJsonAsync(Error(message, type, code), status);

    public static JsonObject Error(string message, string type, string? code) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = null, ["code"] = code },
    };

    /// <summary>Sends as many deterministic bytes as asked, never holding more than a buffer of them.</summary>
    public static async Task SendDeterministicAsync(this HttpContext context, string contentType, long count, ulong seed)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = count;
        var buffer = new byte[64 * 1024];
        for (long offset = 0; offset < count; offset += buffer.Length)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, count - offset));
            DeterministicBytes.Fill(part.Span, offset, seed);
            await context.WriteAsync(part);
        }
    }

    // The token is cancelled a little later, and until then writes to a lost connection seem to succeed.
    private static void ThrowIfClientLeft(FlushResult flush)
    {
        if (flush.IsCompleted)
        {
            throw new ConnectionAbortedException("The client left.");
        }
    }
}
