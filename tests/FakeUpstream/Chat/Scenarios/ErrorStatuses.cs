using FakeUpstream.Wire;

namespace FakeUpstream.Chat.Scenarios;

/// <summary>Refusals as OpenAI words them, the same in both forms.</summary>
internal static class ErrorStatuses
{
    /// <summary>Repeats the key it was given, as careless providers do.</summary>
    public static Task UnauthorizedAsync(ChatRequest chat)
    {
        var key = chat.Context.Request.Headers.Authorization;
        var message = $"Incorrect API key provided: {key}. You can find your API key at https://example.invalid.";
        return chat.Context.SendErrorAsync(401, message, "invalid_request_error", "invalid_api_key");
    }

    public static Task RateLimitedAsync(ChatRequest chat)
    {
        chat.Context.Response.Headers.RetryAfter = "7";
        chat.Context.Response.Headers["x-request-id"] = "req_fake_429";
        return chat.Context.SendErrorAsync(
            429, "Rate limit reached. Please try again in 7s.", "rate_limit_error", "rate_limit_exceeded");
    }

    public static Task ServerErrorAsync(ChatRequest chat) =>
        chat.Context.SendErrorAsync(500, "The server had an error while processing your request.", "server_error");

    public static Task OverloadedAsync(ChatRequest chat) =>
        chat.Context.SendErrorAsync(503, "The engine is currently overloaded.", "service_unavailable_error");
}
