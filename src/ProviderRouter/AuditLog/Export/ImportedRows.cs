using System.Security.Cryptography;
using System.Text;
using ProviderRouter.AuditLog.Bodies;

namespace ProviderRouter.AuditLog.Export;

/// <summary>An exchange as the rows that the log appends.</summary>
internal static class ImportedRows
{
    /// <summary>The latest moment that a record may have: the year 9999.</summary>
    private const long LatestUs = 253_402_300_799_999_999;

    /// <summary>The request's row.</summary>
    /// <exception cref="FormatException">A value is not one that the log has; the message says which.</exception>
    public static AuditRequest Request(LoggedExchange exchange) => new()
    {
        RequestId = Guid.TryParseExact(exchange.RequestId, "D", out _) ? exchange.RequestId
            : throw new FormatException("requestId is no UUID."),
        At = Moment(exchange.ReceivedAtUs, "receivedAtUs"),
        Provider = exchange.Provider,
        Method = exchange.Method,
        Endpoint = exchange.Endpoint,
        Query = exchange.Query,
        Client = exchange.Client,
        ClientKey = exchange.ClientKey,
        Replays = exchange.Replays,
        Model = exchange.Model,
        Stream = exchange.Stream,
        Headers = ImportedHeaders.Of(exchange.Headers),
        ContentType = exchange.ContentType,
        Body = Body(exchange),
    };

    /// <summary>The answer's row; null where there is none.</summary>
    /// <exception cref="FormatException">A value is not one that the log has; the message says which.</exception>
    public static AuditResponse? Response(LoggedExchange exchange) => exchange.Answer is not { } answer ? null : new AuditResponse
    {
        RequestId = exchange.RequestId,
        At = Moment(answer.EndedAtUs, "answer.endedAtUs"),
        Provider = answer.Provider,
        Outcome = Enum.GetValues<Outcome>().Where(one => one.Name() == answer.Outcome).Select(one => (Outcome?)one).FirstOrDefault()
            ?? throw new FormatException("answer.outcome is none that the log knows."),
        StatusCode = answer.StatusCode,
        UpstreamStatus = answer.UpstreamStatus,
        Error = answer.Error,
        Times = new(Duration(answer.DurationUs), Duration(answer.FirstByteUs), Duration(answer.FirstTokenUs)),
        Stream = answer.Stream,
        Usage = new(answer.Model, answer.PromptTokens, answer.CompletionTokens, answer.CachedTokens, answer.ReasoningTokens, answer.FinishReason, answer.ToolCalls),
        Attempts = answer.Attempts,
        LateRequestBytes = answer.LateRequestBytes,
        LateRequestSha256 = Digest(answer.LateRequestSha256, "answer.lateRequestSha256"),
        Headers = ImportedHeaders.Of(answer.Headers),
        ContentType = answer.ContentType,
        Body = Body(answer),
        EventStream = answer.Events is { } events ? PackedEvents.Pack(events.Bytes.Span) : default(ReadOnlyMemory<byte>?),
        PrunedEventsDigest = answer.Events is null ? Digest(answer.PrunedEventsDigest, "answer.prunedEventsDigest") : null,
    };

    private static AuditBody Body(LoggedMessage message)
    {
        var state = Enum.GetValues<AuditBodyState>().Where(one => StateName(one) == message.BodyState).Select(one => (AuditBodyState?)one)
            .FirstOrDefault() ?? throw new FormatException("bodyState is none that the log knows.");
        var digest = Digest(message.BodySha256, "bodySha256");
        if (message.BodyBytes < 0)
        {
            throw new FormatException("bodyBytes is less than 0.");
        }

        if (message.Body is not { } body)
        {
            return new AuditBody(state, Kept: null, IsText: false, message.BodyBytes, digest)
            {
                PrunedDigest = message.IsBodyPruned ? Hex(message.PrunedBodyDigest, "prunedBodyDigest") ?? [] : null,
            };
        }

        var isAsSent = body.IsText && body.Bytes.Length == message.BodyBytes && SHA256.HashData(body.Bytes.Span).AsSpan().SequenceEqual(digest);
        return new AuditBody(state, body.Bytes, body.IsText, message.BodyBytes, digest, isAsSent).InPieces();
    }

    private static string StateName(AuditBodyState state) => state.ToString().ToLowerInvariant();

    private static DateTimeOffset Moment(long us, string name) => us is >= 0 and <= LatestUs
        ? DateTimeOffset.UnixEpoch.AddTicks(us * TimeSpan.TicksPerMicrosecond) : throw new FormatException($"{name} is no time.");

    private static TimeSpan? Duration(long? us) =>
        us is null or (>= -LatestUs and <= LatestUs) ? us is { } known ? TimeSpan.FromTicks(known * TimeSpan.TicksPerMicrosecond) : null
        : throw new FormatException("A duration is too long.");

    private static byte[]? Digest(string? hex, string name) => Hex(hex, name) is not { } digest ? null
        : digest.Length == SHA256.HashSizeInBytes ? digest : throw new FormatException($"{name} is no SHA-256.");

    private static byte[]? Hex(string? hex, string name)
    {
        try
        {
            return hex is null ? null : Convert.FromHexString(hex);
        }
        catch (FormatException error)
        {
            throw new FormatException($"{name} is not in hex.", error);
        }
    }
}
