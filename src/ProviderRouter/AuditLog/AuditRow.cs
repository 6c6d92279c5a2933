using System.Text.Json.Serialization;

namespace ProviderRouter.AuditLog;

/// <summary>One row to append: a request as it came in, or its answer as it ended.</summary>
[JsonDerivedType(typeof(AuditRequest), "request")]
[JsonDerivedType(typeof(AuditResponse), "response")]
[JsonDerivedType(typeof(AuditContinuation), "continuation")]
public abstract record AuditRow
{
    /// <summary>The id of the exchange: a UUID version 7 (RFC 9562), so that two machines can both make them.</summary>
    public required string RequestId { get; init; }

    /// <summary>The request's row: who answers by choice. The answer's row: who really did. Null when nobody.</summary>
    public required string? Provider { get; init; }

    /// <summary>When this half was over: received, or ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The headers, secrets redacted.</summary>
    public required AuditHeaders Headers { get; init; }

    /// <summary>The media type as it was sent, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body, as far as it is kept.</summary>
    public required AuditBody Body { get; init; }

    /// <summary>What the row takes in memory while it waits, in bytes; roughly.</summary>
    [JsonIgnore]
    public virtual long Weight => 1024 + (Body.Kept?.Length ?? 0);
}

/// <summary>A request as it came in.</summary>
public sealed record AuditRequest : AuditRow
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path, <c>/v1/chat/completions</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The query without its question mark, secrets redacted, or null.</summary>
    public string? Query { get; init; }

    /// <summary>The address that the request came from.</summary>
    public string? Client { get; init; }

    /// <summary>The name of the router's own key that the client showed, or null.</summary>
    public string? ClientKey { get; init; }

    /// <summary>The <see cref="AuditRow.RequestId"/> of the one that this repeats, or null.</summary>
    public string? Replays { get; init; }

    /// <summary>The model that the body asks for, or null.</summary>
    public string? Model { get; init; }

    /// <summary>True when the body asks for a stream.</summary>
    public bool Stream { get; init; }
}

/// <summary>An answer as it ended.</summary>
public sealed record AuditResponse : AuditRow
{
    /// <summary>How the exchange ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The status that the client was sent; 499 when it left before the end; null when that is not known.</summary>
    public required int? StatusCode { get; init; }

    /// <summary>The status that the provider sent; null when it sent none.</summary>
    public int? UpstreamStatus { get; init; }

    /// <summary>What went wrong, for a person; null when all went well.</summary>
    public string? Error { get; init; }

    /// <summary>The times, from the request's arrival.</summary>
    public AuditTimes Times { get; init; }

    /// <summary>True when the answer was an event stream.</summary>
    public bool Stream { get; init; }

    /// <summary>What the answer says of itself.</summary>
    public AuditUsage Usage { get; init; } = AuditUsage.Unknown;

    /// <summary>
    /// Each attempt in order, as a JSON array; null where there was one alone, with the request as the client sent it.
    /// </summary>
    public string? Attempts { get; init; }

    /// <summary>Of a stream: the events as they were sent, compressed (zlib, RFC 1950). <see cref="AuditRow.Body"/> is then what they amount to.</summary>
    public ReadOnlyMemory<byte>? EventStream { get; init; }

    /// <summary>Of events that retention had taken from the log that this record comes from: their digest. Null for all others.</summary>
    [JsonIgnore]
    public byte[]? PrunedEventsDigest { get; init; }

    /// <summary>The request's true size, where its row had to be written before its body had come to an end.</summary>
    public long? LateRequestBytes { get; init; }

    /// <summary>The request's digest, where its row had to be written before its body had come to an end.</summary>
    public byte[]? LateRequestSha256 { get; init; }

    /// <inheritdoc/>
    public override long Weight => base.Weight + (EventStream?.Length ?? 0) + (Attempts?.Length ?? 0);
}
