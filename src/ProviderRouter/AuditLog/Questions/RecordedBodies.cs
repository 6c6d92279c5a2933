namespace ProviderRouter.AuditLog.Questions;

/// <summary>What was sent each way in one exchange, as far as it is kept.</summary>
public sealed record RecordedBodies
{
    /// <summary>The request's headers as JSON, secrets redacted.</summary>
    public required string RequestHeaders { get; init; }

    /// <summary>The request's body, or the beginning of it; null where there is none (any more).</summary>
    public ReadOnlyMemory<byte>? Request { get; init; }

    /// <summary>How much of it is kept, in bytes.</summary>
    public long RequestLength { get; init; }

    /// <summary>True where all of it that is kept was read.</summary>
    public bool IsRequestRead => RequestLength <= (Request?.Length ?? 0);

    /// <summary>The answer's headers as JSON, secrets redacted; null without an answer on record.</summary>
    public string? ResponseHeaders { get; init; }

    /// <summary>
    /// The answer's body, or the beginning of it; of a stream that the router knows, what its events amount to. Null where there is none (any more).
    /// </summary>
    public ReadOnlyMemory<byte>? Response { get; init; }

    /// <summary>How much of it is kept, in bytes.</summary>
    public long ResponseLength { get; init; }

    /// <summary>True where all of it that is kept was read.</summary>
    public bool IsResponseRead => ResponseLength <= (Response?.Length ?? 0);

    /// <summary>Of a stream: the beginning of its events as they were sent, up to 64 KB; null where <see cref="Response"/> is these events.</summary>
    public ReadOnlyMemory<byte>? EventsStart { get; init; }

    /// <summary>How long all of its events are, in bytes.</summary>
    public long EventsLength { get; init; }
}
