namespace ProviderRouter.AuditLog;

/// <summary>How an exchange ended. In the database: the name in snake case (<see cref="OutcomeNames"/>).</summary>
public enum Outcome
{
    /// <summary>The client was sent the provider's whole answer, and it was no error.</summary>
    Ok,

    /// <summary>The provider answered with an error, as a status or inside a stream.</summary>
    UpstreamError,

    /// <summary>No connection to the provider came about, or nothing on it that is HTTP.</summary>
    Unreachable,

    /// <summary>The provider was silent for longer than <c>REQUEST_TIMEOUT</c>.</summary>
    Timeout,

    /// <summary>The client went away before the end.</summary>
    ClientClosed,

    /// <summary>The provider broke off in the middle of its answer.</summary>
    UpstreamCut,

    /// <summary>The router refused the request; it was sent to nobody.</summary>
    Rejected,

    /// <summary>The router itself failed.</summary>
    RouterError,

    /// <summary>The router was ended before the answer was over; how far it came is not known.</summary>
    Interrupted,
}

/// <summary>The names of outcomes as they stand in the database and in JSON.</summary>
public static class OutcomeNames
{
    /// <summary>The name: <c>client_closed</c> and so on.</summary>
    public static string Name(this Outcome outcome) => outcome switch
    {
        Outcome.Ok => "ok",
        Outcome.UpstreamError => "upstream_error",
        Outcome.Unreachable => "unreachable",
        Outcome.Timeout => "timeout",
        Outcome.ClientClosed => "client_closed",
        Outcome.UpstreamCut => "upstream_cut",
        Outcome.Rejected => "rejected",
        Outcome.RouterError => "router_error",
        Outcome.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
    };
}
