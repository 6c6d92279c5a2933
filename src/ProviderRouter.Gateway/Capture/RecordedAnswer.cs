using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Bodies;
using ProviderRouter.Gateway.Capture.EventStreams;

namespace ProviderRouter.Gateway.Capture;

/// <summary>What the log keeps of an answer: as it was sent, and of a stream what its events amount to.</summary>
/// <param name="Body">The body; of a stream that could be put together: the answer.</param>
/// <param name="EventStream">Of such a stream: the events as they were sent, compressed.</param>
/// <param name="IsStream">True for an event stream.</param>
/// <param name="Usage">What it says of itself.</param>
/// <param name="Streamed">What the events amount to; null when it is no stream.</param>
/// <param name="Text">What was sent, as far as it is text; else null.</param>
internal sealed record RecordedAnswer(
    AuditBody Body, ReadOnlyMemory<byte>? EventStream, bool IsStream, AuditUsage Usage, StreamedAnswer? Streamed, ReadOnlyMemory<byte>? Text)
{
    /// <summary>Reads what was captured.</summary>
    public static RecordedAnswer Of(BodyCapture captured, UpgradeTraffic? upgrade, bool complete, IReadOnlyList<string> secrets)
    {
        var isStream = MediaType.IsEventStream(captured.ContentType);
        var body = upgrade?.ToAuditBody() ?? captured.ToAuditBody(complete, secrets);
        if (body is not { IsText: true, Kept: { } text, State: not AuditBodyState.Described })
        {
            return new(body, EventStream: null, isStream, AuditUsage.Unknown, Streamed: null, Text: null);
        }

        var streamed = isStream ? StreamedAnswer.Read(text) : null;
        if (streamed?.Json is null)
        {
            return new(body, EventStream: null, isStream, UsageIn(text), streamed, text);
        }

        // Put together from fragments, a key that came in pieces would be whole again.
        var json = Redaction.Scrub(streamed.Json, secrets);
        return new(body with { Kept = json, IsAsSent = false }, PackedEvents.Pack(text.Span), isStream, UsageIn(json), streamed, text);
    }

    /// <summary>How the exchange ended.</summary>
    /// <param name="verdict">What is known from elsewhere, or null.</param>
    /// <param name="status">The status that the client was sent.</param>
    public Verdict Judge(Verdict? verdict, int status)
    {
        // A client may hang up as soon as it has the event that ends a stream. It got everything.
        if (verdict is not null && !(ReferenceEquals(verdict, Verdict.ClientClosed) && Streamed?.Ended == true))
        {
            return verdict;
        }

        return status >= 400 ? new Verdict(Outcome.UpstreamError, $"{status}: {ErrorIn(Text) ?? "the provider gave no reason"}")
            : Streamed?.Error is { } error ? new Verdict(Outcome.UpstreamError, error)
            : Streamed?.Ended == false ? new Verdict(Outcome.UpstreamCut, "The provider's stream stopped before its end.")
            : new Verdict(Outcome.Ok, Error: null);
    }

    private static string? ErrorIn(ReadOnlyMemory<byte>? text) => text is { Length: > 0 } content ? UpstreamErrorText.From(content) : null;

    private static AuditUsage UsageIn(ReadOnlyMemory<byte> json)
    {
        var facts = AnswerFacts.Read(json.Span);
        return new(FactText.Of(facts.Model), facts.PromptTokens, facts.CompletionTokens, facts.CachedTokens, facts.ReasoningTokens,
            FactText.Of(facts.FinishReason), facts.ToolCalls);
    }
}
