using System.Text;
using System.Text.Json.Nodes;

namespace FakeUpstream.Wire;

/// <summary>Server-sent events, each flushed on its own.</summary>
internal sealed class SseWriter(HttpContext context, Stream output, string newLine = "\n")
{
    public const string ContentType = "text/event-stream; charset=utf-8";

    /// <summary>A request's header: so many milliseconds pass after each event, on every path that streams.</summary>
    public const string PaceHeader = "x-fake-pace";

    /// <summary>Sends the headers at once, before the first event.</summary>
    public static async Task<SseWriter> StartAsync(HttpContext context, string newLine = "\n")
    {
        SetHeaders(context);
        await context.FlushAsync();
        return new SseWriter(context, context.Response.Body, newLine);
    }

    public static void SetHeaders(HttpContext context)
    {
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-cache";
    }

    public static byte[] Event(JsonNode data) => Encoding.UTF8.GetBytes($"data: {JsonText.Of(data)}\n\n");

    public Task SendAsync(JsonNode data) => SendAsync(JsonText.Of(data));

    /// <summary>Text of several lines becomes several <c>data:</c> lines of one event.</summary>
    public Task SendAsync(string data) =>
        WriteAsync($"data: {data.Replace("\n", $"{newLine}data: ", StringComparison.Ordinal)}{newLine}{newLine}");

    /// <summary>An event named as its data's <c>type</c>, as the Responses and Messages APIs send it.</summary>
    public Task SendTypedAsync(JsonObject data) =>
        WriteAsync($"event: {data["type"]}{newLine}data: {JsonText.Of(data)}{newLine}{newLine}");

    public Task CommentAsync(string comment) => WriteAsync($": {comment}{newLine}{newLine}");

    public Task DoneAsync() => SendAsync("[DONE]");

    private async Task WriteAsync(string text)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
        await output.FlushAsync(context.RequestAborted);
        await context.FlushAsync();
        if (int.TryParse(context.Request.Headers[PaceHeader], out var pace))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(pace), TimeProvider.System, context.RequestAborted);
        }
    }
}
