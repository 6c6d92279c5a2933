using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

internal static class NotFound
{
    public static async Task AnswerAsync(HttpContext context)
    {
        // Read nevertheless, so that the request is recorded whole.
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var message = $"Invalid URL ({context.Request.Method} {context.Request.Path})";
        await context.SendErrorAsync(404, message, "invalid_request_error", "unknown_url");
    }
}
