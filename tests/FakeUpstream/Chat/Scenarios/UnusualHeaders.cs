using FakeUpstream.Chat.Answers;

namespace FakeUpstream.Chat.Scenarios;

/// <summary>An ordinary answer under many headers.</summary>
internal static class UnusualHeaders
{
    public static Task SendAsync(ChatRequest chat)
    {
        var headers = chat.Context.Response.Headers;
        headers.SetCookie = new(["session=fake; Path=/; HttpOnly", "region=eu; Path=/", "empty=; Max-Age=0"]);
        headers["x-request-id"] = "req_fake_headers";
        headers["openai-organization"] = "org-fake";
        headers["openai-processing-ms"] = "42";
        headers["openai-version"] = "2020-10-01";
        headers["x-ratelimit-limit-requests"] = "10000";
        headers["x-ratelimit-remaining-requests"] = "9999";
        headers["x-ratelimit-reset-requests"] = "6ms";
        headers["x-ratelimit-limit-tokens"] = "200000";
        headers["x-ratelimit-remaining-tokens"] = "199988";
        headers["x-ratelimit-reset-tokens"] = "3ms";
        headers.RetryAfter = "0";
        headers["x-empty"] = "";
        headers["x-repeated"] = new(["one", "two, with comma", "three"]);
        headers["x-long"] = new string('a', 8000);
        headers["X-MiXeD-CaSe"] = "kept";
        headers.Via = "1.1 fake-edge";
        headers["x-powered-by"] = "hope";
        headers["alt-svc"] = "h3=\":443\"; ma=86400";
        return chat.SendAsync(TextAnswer.Of(chat.Text));
    }
}
