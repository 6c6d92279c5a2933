namespace ProviderRouter.AuditLog.Questions;

/// <summary>What was sent each way in one exchange, as far as it is kept.</summary>
public sealed record RecordedBodies
{
    /// <summary>The request's headers as JSON, secrets redacted.</summary>
    public required string RequestHeaders { get; init; }

    /// <summary>The request's body; null where there is none (any more).</summary>
    public ReadOnlyMemory<byte>? Request { get; init; }

    /// <summary>The answer's headers as JSON, secrets redacted; null without an answer on record.</summary>
    public string? ResponseHeaders { get; init; }

    /// <summary>The answer's body; of a stream that the router knows, what its events amount to. Null where there is none (any more).</summary>
    public ReadOnlyMemory<byte>? Response { get; init; }

    /// <summary>Of a stream: its events as they were sent; null where <see cref="Response"/> is these events.</summary>
    public ReadOnlyMemory<byte>? EventStream { get; init; }
}
