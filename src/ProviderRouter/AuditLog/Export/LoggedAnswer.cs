using System.Text.Json.Serialization;

namespace ProviderRouter.AuditLog.Export;

/// <summary>An answer on record. Durations are microseconds from the request's arrival.</summary>
public sealed record LoggedAnswer : LoggedMessage
{
    /// <summary>When it ended, in microseconds since 1970, UTC.</summary>
    [JsonPropertyOrder(-1)]
    public required long EndedAtUs { get; init; }

    /// <summary>How it ended (<see cref="OutcomeNames"/>).</summary>
    [JsonPropertyOrder(-1)]
    public required string Outcome { get; init; }

    /// <summary>What the client was sent; 499 when it left before the end; null when that is not known.</summary>
    [JsonPropertyOrder(-1)]
    public int? StatusCode { get; init; }

    /// <summary>What the provider sent.</summary>
    [JsonPropertyOrder(-1)]
    public int? UpstreamStatus { get; init; }

    /// <summary>What went wrong.</summary>
    [JsonPropertyOrder(-1)]
    public string? Error { get; init; }

    /// <summary>To the end.</summary>
    public long? DurationUs { get; init; }

    /// <summary>To the first byte.</summary>
    public long? FirstByteUs { get; init; }

    /// <summary>To the first event that bears content.</summary>
    public long? FirstTokenUs { get; init; }

    /// <summary>Tokens of the prompt.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>Tokens of the answer.</summary>
    public long? CompletionTokens { get; init; }

    /// <summary>Of the prompt's, those from a cache.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>Of the answer's, those of its reasoning.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>Why the model stopped.</summary>
    public string? FinishReason { get; init; }

    /// <summary>How many tools it calls.</summary>
    public int? ToolCalls { get; init; }

    /// <summary>The request's true size, where its row was written before its end.</summary>
    public long? LateRequestBytes { get; init; }

    /// <summary>The request's digest in hex, where its row was written before its end.</summary>
    public string? LateRequestSha256 { get; init; }

    /// <summary>Each attempt, as a JSON array.</summary>
    [JsonConverter(typeof(RawJson))]
    public string? Attempts { get; init; }

    /// <summary>Of a stream: its events as they were sent; null where the body is these events.</summary>
    [JsonPropertyOrder(1)]
    public KeptBytes? Events { get; init; }

    /// <summary>Of events that were pruned: <c>stream_digest</c>, in hex.</summary>
    [JsonPropertyOrder(1)]
    public string? PrunedEventsDigest { get; init; }
}
