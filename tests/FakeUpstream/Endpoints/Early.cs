using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

/// <summary>Answers 401 when it has read the beginning of the request's body, as providers do that give up early.</summary>
internal static class Early
{
    public static async Task AnswerAsync(HttpContext context)
    {
        _ = await context.Request.Body.ReadAsync(new byte[1024], context.RequestAborted);
        await context.SendErrorAsync(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key");
    }
}
