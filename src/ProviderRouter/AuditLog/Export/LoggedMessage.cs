using System.Text.Json.Serialization;

namespace ProviderRouter.AuditLog.Export;

/// <summary>What a request and an answer have in common on record.</summary>
public abstract record LoggedMessage
{
    /// <summary>The request's: who was to answer. The answer's: who really did. Null when nobody.</summary>
    public string? Provider { get; init; }

    /// <summary>The model that was asked for, or that says it answered.</summary>
    public string? Model { get; init; }

    /// <summary>True when a stream was asked for, or sent.</summary>
    public required bool Stream { get; init; }

    /// <summary>The headers as a JSON object, secrets redacted.</summary>
    [JsonConverter(typeof(RawJson)), JsonPropertyOrder(1)]
    public required string Headers { get; init; }

    /// <summary>The media type as it was sent.</summary>
    [JsonPropertyOrder(1)]
    public string? ContentType { get; init; }

    /// <summary>The body's true size, as it was sent.</summary>
    [JsonPropertyOrder(1)]
    public required long BodyBytes { get; init; }

    /// <summary>The digest of what was sent, in hex; null when there was none.</summary>
    [JsonPropertyOrder(1)]
    public string? BodySha256 { get; init; }

    /// <summary><c>none</c>, <c>whole</c>, <c>cut</c>, <c>described</c> or <c>incomplete</c>; of a body that was pruned, what it was before.</summary>
    [JsonPropertyOrder(1)]
    public required string BodyState { get; init; }

    /// <summary>The body; null where there is none (any more).</summary>
    [JsonPropertyOrder(1)]
    public KeptBytes? Body { get; init; }

    /// <summary>Of a body that was pruned: <c>body_digest</c>, in hex, where it had one.</summary>
    [JsonPropertyOrder(1)]
    public string? PrunedBodyDigest { get; init; }

    /// <summary>True when there was a body, and retention took it.</summary>
    [JsonIgnore]
    public bool IsBodyPruned => Body is null && (BodySha256 ?? PrunedBodyDigest) is not null;

    /// <summary>The state as <c>request_logs</c> has it.</summary>
    [JsonIgnore]
    public string ShownBodyState => Body is null && (BodyBytes > 0 || PrunedBodyDigest is not null) ? "pruned" : BodyState;
}
