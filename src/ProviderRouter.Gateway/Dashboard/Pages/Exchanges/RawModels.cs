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
            models.Add(Body(bodies.EventStream is null ? "Answer body" : "Answer body: the events of its stream", "response", found, BodySide.Response));
            if (bodies is { EventStream: not null, Response: { } whole })
            {
                models.Add(Of("Answer put together from its events", "whole", $"{ReadableSize.From(whole.Length)}, made by the router", whole, record.RequestId));
            }
        }

        return models;
    }

    /// <summary>The bytes of one; null where there is no such thing.</summary>
    public static ReadOnlyMemory<byte>? Find(FoundExchange found, string name) => name switch
    {
        "request" => KeptBody.Of(found.Record, found.Bodies, BodySide.Request).Kept,
        "response" => KeptBody.Of(found.Record, found.Bodies, BodySide.Response).Kept,
        "whole" => found.Bodies.Response,
        _ => null,
    };

    private static RawModel Headers(string name, string id, string headers) => new(name, id, "secrets redacted", ReadableJson.From(headers), null);

    private static RawModel Body(string name, string id, FoundExchange found, BodySide side)
    {
        var body = KeptBody.Of(found.Record, found.Bodies, side);
        var note = string.Join(". ", new[] { ReadableSize.From(body.Bytes ?? 0), body.Shortfall?.TrimEnd('.') }.OfType<string>());
        return body.Kept is { Length: > 0 } kept ? Of(name, id, note, kept, found.Record.RequestId) : new(name, id, note, "", null);
    }

    private static RawModel Of(string name, string id, string note, ReadOnlyMemory<byte> bytes, string requestId)
    {
        var isText = Utf8.IsValid(bytes.Span);
        var text = !isText ? "" : bytes.Length <= LongestHere ? ReadableJson.From(Encoding.UTF8.GetString(bytes.Span)) : null;
        return new(name, id, isText ? note : $"{note}. It is no text", text, $"/ui/exchanges/{requestId}/raw/{id}");
    }
}
