namespace ProviderRouter.AuditLog;

/// <summary>One exchange as <c>history</c> lists it: everything but its bodies.</summary>
/// <param name="RequestId">The id that the client saw as <c>x-router-request-id</c>.</param>
/// <param name="CreatedAt">When the request came in.</param>
/// <param name="Provider">Who answered; null when nobody was asked.</param>
/// <param name="Model">The model that was asked for, or null.</param>
/// <param name="Endpoint">The path.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="StatusCode">What the client was sent; 499 when it left before the end; null without an answer on record.</param>
/// <param name="DurationMs">From arrival to the end of the answer, in milliseconds; null without an answer on record.</param>
/// <param name="Stream">True for an event stream.</param>
/// <param name="Outcome">How it ended (<see cref="OutcomeNames"/>); null without an answer on record.</param>
/// <param name="Error">What went wrong; null when nothing did.</param>
public sealed record HistoryEntry(
    string RequestId,
    DateTimeOffset CreatedAt,
    string? Provider,
    string? Model,
    string Endpoint,
    string Method,
    int? StatusCode,
    double? DurationMs,
    bool Stream,
    string? Outcome,
    string? Error);
