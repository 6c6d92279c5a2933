using System.Collections.Frozen;
using FakeUpstream.Chat.Answers;
using FakeUpstream.Chat.Scenarios;
using FakeUpstream.Recording;
using FakeUpstream.Wire;

namespace FakeUpstream.Chat;

/// <summary>Every behaviour of <c>POST /v1/chat/completions</c>, by the model that asks for it.</summary>
internal static class ChatScenarios
{
    private const string Fallback = "fake-small";

    private static readonly FrozenDictionary<string, Scenario> All = new Dictionary<string, Scenario>
    {
        // What is said.
        [Fallback] = chat => chat.SendAsync(TextAnswer.Of(chat.Text)),
        ["fake-large"] = chat => chat.SendAsync(TextAnswer.Of(chat.Text)),
        ["tools"] = chat => chat.SendAsync(ToolsAnswer.Create()),
        ["choices"] = chat => chat.SendAsync(ChoicesAnswer.Of(chat.Text)),
        ["reasoning"] = chat => chat.SendAsync(ReasoningAnswer.Of(chat.Text)),
        ["refusal"] = chat => chat.SendAsync(RefusalAnswer.Create()),
        ["known"] = KnownAnswers.SendAsync,
        ["role-each-chunk"] = chat => chat.SendAsync(TextAnswer.WithRoleInEachDelta(chat.Text)),

        // How a stream is written.
        ["sse-comments"] = OddStreams.CommentsAsync,
        ["split-bytes"] = OddStreams.SplitBytesAsync,
        ["stream-error"] = OddStreams.ErrorAsync,
        ["no-done"] = OddStreams.NoDoneAsync,
        ["verbatim"] = OddStreams.VerbatimAsync,

        // When.
        ["trickle"] = Pacing.TrickleAsync,
        ["trickle-chunked"] = Pacing.TrickleChunkedAsync,
        ["slow"] = Pacing.SlowAsync,
        ["stall"] = Pacing.StallAsync,
        ["stall-headers"] = Pacing.StallHeadersAsync,

        // Cut or malformed below HTTP.
        ["reset"] = BrokenConnections.ResetAsync,
        ["reset-headers"] = BrokenConnections.ResetHeadersAsync,
        ["cut"] = BrokenConnections.CutAsync,
        ["wrong-length"] = BrokenConnections.WrongLengthAsync,
        ["garbage"] = BrokenConnections.GarbageAsync,
        ["trailers"] = RawTrailers.SendAsync,

        // Refused.
        ["401"] = ErrorStatuses.UnauthorizedAsync,
        ["429"] = ErrorStatuses.RateLimitedAsync,
        ["500"] = ErrorStatuses.ServerErrorAsync,
        ["503"] = ErrorStatuses.OverloadedAsync,

        // Status 200 and yet no ordinary body.
        ["bad-json"] = OddBodies.BadJsonAsync,
        ["html"] = OddBodies.HtmlAsync,
        ["empty"] = OddBodies.EmptyAsync,
        ["huge"] = HugeBody.SendAsync,
        ["utf8-bom"] = OddBodies.Utf8BomAsync,
        ["invalid-utf8"] = OddBodies.InvalidUtf8Async,
        ["gzip"] = Compressed.GzipAsync,
        ["br"] = Compressed.BrotliAsync,
        ["deflate"] = Compressed.DeflateAsync,
        ["headers"] = UnusualHeaders.SendAsync,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private delegate Task Scenario(ChatRequest chat);

    public static IReadOnlyCollection<string> Names => All.Keys;

    public static async Task AnswerAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync() is not { } body)
        {
            return;
        }

        var chat = new ChatRequest(context, body);
        var scenario = All.ContainsKey(chat.Model) ? chat.Model : Fallback;
        Exchange.Of(context).Scenario = scenario;
        await All[scenario](chat);
    }
}
