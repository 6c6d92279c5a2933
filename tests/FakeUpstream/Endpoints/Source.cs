using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

/// <summary>As many bytes as <c>?bytes=N</c> asks: <see cref="DeterministicBytes"/> with seed 0.</summary>
internal static class Source
{
    public static Task AnswerAsync(HttpContext context) =>
        long.TryParse(context.Request.Query["bytes"], out var count) && count >= 0
            ? context.SendDeterministicAsync("application/octet-stream", count, seed: 0)
            : context.SendErrorAsync(400, "Say how much: ?bytes=N.", "invalid_request_error");
}
