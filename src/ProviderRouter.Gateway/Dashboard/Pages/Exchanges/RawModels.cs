using System.Text;
using System.Text.Unicode;
using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>What was sent, byte for byte: short texts on the page, others where they are fetched from.</summary>
internal static class RawModels
{
    private const int LongestHere = 8 * 1024;

    public static IReadOnlyList<RawModel> Of(FoundExchange found)
    {
        var (record, bodies) = found;
        var models = new List<RawModel>
        {
            Headers("Request headers", "request-headers", bodies.RequestHeaders),
            Body("Request body", "request", found, BodySide.Request),
        };
        if (bodies.ResponseHeaders is { } headers)
        {
            models.Add(Headers("Answer headers", "answer-headers", headers));
            models.Add(Body(bodies.EventsStart is null ? "Answer body" : "Answer body: the events of its stream", "response", found, BodySide.Response));
            if (bodies is { EventsStart: not null, Response: { } whole })
            {
                models.Add(Of(
                    "Answer put together from its events", "whole", $"{ReadableSize.From(bodies.ResponseLength)}, made by the router", whole, bodies.ResponseLength, record.RequestId));
            }
        }

        return models;
    }

    private static RawModel Headers(string name, string id, string headers) => new(name, id, "secrets redacted", ReadableJson.From(headers), null, 0);

    private static RawModel Body(string name, string id, FoundExchange found, BodySide side)
    {
        var body = KeptBody.Of(found.Record, found.Bodies, side);
        var note = string.Join(". ", new[] { ReadableSize.From(body.Bytes ?? 0), body.Shortfall?.TrimEnd('.') }.OfType<string>());
        return body is { Kept: > 0, Start: { } start } ? Of(name, id, note, start, body.Kept, found.Record.RequestId) : new(name, id, note, "", null, 0);
    }

    private static RawModel Of(string name, string id, string note, ReadOnlyMemory<byte> start, long length, string requestId)
    {
        var isText = IsText(start.Span, length);
        var text = !isText ? "" : length <= LongestHere ? ReadableJson.From(Encoding.UTF8.GetString(start.Span)) : null;
        return new(name, id, isText ? note : $"{note}. It is no text", text, $"/ui/exchanges/{requestId}/raw/{id}", length);
    }

    private static bool IsText(ReadOnlySpan<byte> start, long length)
    {
        // A beginning may end within a letter.
        for (var end = start.Length; start.Length < length && end > 0 && start.Length - end < 4; end--)
        {
            if (Utf8.IsValid(start[..end]))
            {
                return true;
            }
        }

        return start.Length == length && Utf8.IsValid(start);
    }
}
