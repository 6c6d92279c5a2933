namespace ProviderRouter.AuditLog.Writing;

/// <summary>How the log does, since the server's start.</summary>
/// <param name="State"><c>ok</c>; <c>spooling</c> or <c>refusing</c> while it cannot be written.</param>
/// <param name="Reason">Why it cannot be written, and what to do; null when it can.</param>
/// <param name="Since">Since when it cannot be written; null when it can.</param>
/// <param name="Written">Rows in the database.</param>
/// <param name="Waiting">Rows that wait to be written.</param>
/// <param name="Spooled">Rows kept elsewhere until the database can be written again.</param>
/// <param name="SpooledBytes">What those take, in bytes.</param>
/// <param name="Lost">Rows that could be kept nowhere.</param>
/// <param name="Refused">Rows that were turned away, and the requests with them (<c>audit.onFailure</c> is <c>refuse</c>).</param>
public sealed record AuditLogHealth(
    string State, string? Reason, DateTimeOffset? Since, long Written, long Waiting, long Spooled, long SpooledBytes, long Lost, long Refused)
{
    /// <summary>It can be written.</summary>
    public const string Ok = "ok";

    /// <summary>It cannot; rows are kept elsewhere.</summary>
    public const string Spooling = "spooling";

    /// <summary>It cannot; requests are refused.</summary>
    public const string Refusing = "refusing";
}
