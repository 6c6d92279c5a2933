namespace ProviderRouter.AuditLog.Questions;

/// <summary>One exchange as it stands on record: everything but its headers and bodies.</summary>
/// <remarks>The columns of <c>request_logs</c> that docs/log.md describes, by their names there.</remarks>
public sealed record AuditRecord
{
    /// <summary>Counts requests up, in the order of writing.</summary>
    public required long Id { get; init; }

    /// <summary>The id that the client saw as <c>x-router-request-id</c>.</summary>
    public required string RequestId { get; init; }

    /// <summary>When the request came in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who answered, or was asked in vain; null when nobody was asked.</summary>
    public string? Provider { get; init; }

    /// <summary>The model that was asked for, or null.</summary>
    public string? Model { get; init; }

    /// <summary>The model that says it answered, or null.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>The path: <c>/v1/chat/completions</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The query without its question mark, or null.</summary>
    public string? Query { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>What the client was sent; 499 when it left before the end; null without an answer on record.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What the provider sent; null when it sent nothing.</summary>
    public int? UpstreamStatus { get; init; }

    /// <summary>How it ended (<see cref="OutcomeNames"/>); null without an answer on record.</summary>
    public string? Outcome { get; init; }

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>True for an event stream.</summary>
    public bool Stream { get; init; }

    /// <summary>From the request's arrival to the end of its answer, in milliseconds.</summary>
    public double? DurationMs { get; init; }

    /// <summary>From the request's arrival to the first byte of its answer, in milliseconds.</summary>
    public double? FirstByteMs { get; init; }

    /// <summary>From the request's arrival to the first event of a stream that bears content, in milliseconds.</summary>
    public double? FirstTokenMs { get; init; }

    /// <summary>Tokens of the prompt, as the provider reports them.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>Tokens of the answer, as the provider reports them.</summary>
    public long? CompletionTokens { get; init; }

    /// <summary>Of the prompt's, those that the provider had in its cache.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>Of the answer's, those of its reasoning.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>Why the model stopped.</summary>
    public string? FinishReason { get; init; }

    /// <summary>How many tools the answer calls.</summary>
    public long? ToolCalls { get; init; }

    /// <summary>The address that the request came from.</summary>
    public string? Client { get; init; }

    /// <summary>The name of the router's own key that the client showed, or null.</summary>
    public string? ClientKey { get; init; }

    /// <summary>JSON: each attempt, where it was not one alone with the request as it came.</summary>
    public string? Attempts { get; init; }

    /// <summary>The <see cref="RequestId"/> of the exchange that this one repeats, or null.</summary>
    public string? Replays { get; init; }

    /// <summary>The request's media type, as sent.</summary>
    public string? RequestContentType { get; init; }

    /// <summary>The request's true size, in bytes.</summary>
    public long RequestBytes { get; init; }

    /// <summary><c>none</c>, <c>whole</c>, <c>cut</c>, <c>described</c>, <c>incomplete</c>, <c>pruned</c>.</summary>
    public required string RequestBodyState { get; init; }

    /// <summary>The answer's media type, as sent.</summary>
    public string? ResponseContentType { get; init; }

    /// <summary>The answer's true size, in bytes; null without an answer on record.</summary>
    public long? ResponseBytes { get; init; }

    /// <summary>As <see cref="RequestBodyState"/>; null without an answer on record.</summary>
    public string? ResponseBodyState { get; init; }

    /// <summary>
    /// Tokens of the answer for each second that it took to write them: from the first token to the end, or, where no stream tells the
    /// first one, from the request's arrival. Null where either is not known.
    /// </summary>
    public double? TokensPerSecond => CompletionTokens is > 0 and var tokens && DurationMs is { } end && end - (FirstTokenMs ?? 0) is > 0 and var took
        ? tokens * 1000 / took : null;
}
