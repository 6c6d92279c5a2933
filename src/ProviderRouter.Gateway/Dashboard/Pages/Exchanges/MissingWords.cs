using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Conversations;
using ProviderRouter.Gateway.Capture;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>Says what of a body is not shown as a conversation, and why.</summary>
internal static class MissingWords
{
    public static (string? Request, string? Answer) Of(FoundExchange found, Conversation talk, OpenExchanges exchanges) =>
        (Of(found, BodySide.Request, talk.RequestBreaksOff), found.Record.Outcome is null ? UnderWay(found, exchanges) : Answer(found, talk));

    private static string? Answer(FoundExchange found, Conversation talk) =>
        found.Record.StatusCode == 101 ? "The connection became a WebSocket. Its messages are not on record, only how many bytes went each way."
        : found.Record.ResponseBodyState == "none" ? "The answer had no body."
        : Of(found, BodySide.Response, talk.AnswerBreaksOff);

    private static string UnderWay(FoundExchange found, OpenExchanges exchanges)
    {
        var progress = exchanges.Read().FirstOrDefault(open => open.RequestId == found.Record.RequestId);
        var sent = progress switch
        {
            null or { Bytes: 0, FirstByteMs: null } => "Nothing of its answer has come yet.",
            { FirstByteMs: var first } => $"{ReadableSize.From(progress.Bytes)} of its answer have come so far, the first after {ReadableDuration.From(first)}.",
        };
        return $"{progress?.Provider ?? found.Record.Provider ?? "The provider"} has not finished. {sent} The answer is on record as soon as it is over; this page shows it then.";
    }

    private static string? Of(FoundExchange found, BodySide side, bool breaksOff)
    {
        var body = KeptBody.Of(found.Record, found.Bodies, side);
        var (isRead, length) = side == BodySide.Request ? (found.Bodies.IsRequestRead, found.Bodies.RequestLength) : (found.Bodies.IsResponseRead, found.Bodies.ResponseLength);
        return !isRead
            ? $"{(side == BodySide.Request ? "The request's body" : "The answer")} ({ReadableSize.From(length)}) is larger than a page can show: "
                + $"this is how its first {ReadableSize.From(FoundExchange.Most)} read. The raw body below has all of it."
            : body.State == "none" && side == BodySide.Request ? (found.Record is { Method: "GET" or "HEAD", StatusCode: not 101 } ? null : "The request had no body.")
            // What is shown of one that is whole is what it says once it is unpacked.
            : body.State == "whole" ? (breaksOff ? "The rest of it cannot be read as a conversation; the raw body below has it." : null)
            : body.Shortfall ?? (breaksOff ? "The rest of it cannot be read as a conversation; the raw body below has it." : null);
    }
}
