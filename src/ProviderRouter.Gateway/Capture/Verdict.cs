using ProviderRouter.AuditLog;

namespace ProviderRouter.Gateway.Capture;

/// <summary>How an exchange ended, as its record says it.</summary>
/// <param name="Outcome">The kind of end.</param>
/// <param name="Error">What went wrong, for a person; null when nothing did.</param>
internal sealed record Verdict(Outcome Outcome, string? Error)
{
    /// <summary>The status in the log of an exchange that the client did not wait for, as nginx has it.</summary>
    public const int ClientClosedRequest = 499;

    /// <summary>The client left, and its provider was let finish.</summary>
    public static readonly Verdict LeftAlone =
        new(Outcome.ClientClosed, "The client closed the connection before the end; the provider was let finish, as it is not to be cancelled.");

    /// <summary>The client left.</summary>
    public static readonly Verdict ClientClosed = new(Outcome.ClientClosed, "The client closed the connection before the end.");
}
