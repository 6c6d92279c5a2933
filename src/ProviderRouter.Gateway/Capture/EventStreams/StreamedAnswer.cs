using System.Net.ServerSentEvents;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>What the events of a stream amount to: the answer that a client would have got without <c>"stream": true</c>.</summary>
/// <param name="Json">The answer put together; null when the events are of no kind that is known here.</param>
/// <param name="Ended">True when the stream said that it was over; null when its kind has no way to say so.</param>
/// <param name="Error">The error that the provider sent as an event, or null.</param>
internal sealed record StreamedAnswer(byte[]? Json, bool? Ended, string? Error)
{
    private static readonly StreamedAnswer Unknown = new(Json: null, Ended: null, Error: null);

    /// <summary>Reads the events; what cannot be read is passed over.</summary>
    public static StreamedAnswer Read(ReadOnlyMemory<byte> events)
    {
        IStreamedAnswerReader? answer = null;
        var sawDone = false;
        string? strayError = null;
        using var stream = MemoryMarshal.TryGetArray(events, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(events.ToArray(), writable: false);
        foreach (var (type, data) in SseParser.Create(stream, (type, data) => (type, data.ToArray())).Enumerate().Select(item => item.Data))
        {
            if (data.AsSpan().Trim((byte)' ').SequenceEqual("[DONE]"u8))
            {
                sawDone = true;
                continue;
            }

            using var json = Parse(data);
            if (json is null || json.RootElement.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            answer ??= ReaderFor(json.RootElement);
            answer?.Add(json.RootElement);
            if (answer is null && (type == "error" || json.RootElement.TryGetProperty("error", out _)))
            {
                strayError ??= UpstreamErrorText.From(json.RootElement);
            }
        }

        return answer?.Finish(sawDone) ?? Unknown with { Ended = sawDone ? true : null, Error = strayError };
    }

    /// <summary>The reader for the kind of stream that begins with this event, or null.</summary>
    private static IStreamedAnswerReader? ReaderFor(JsonElement first)
    {
        if (first.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array)
        {
            return new ChatCompletionReader();
        }

        var type = first.TryGetProperty("type", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return type.StartsWith("response.", StringComparison.Ordinal) ? new ResponseReader()
            : type == "message_start" ? new MessageReader()
            : null;
    }

    private static JsonDocument? Parse(byte[] data)
    {
        try
        {
            return JsonDocument.Parse(data);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
