using System.Globalization;
using ProviderRouter.AuditLog.Writing;

namespace ProviderRouter.Gateway.Dashboard.Wording;

/// <summary>What people are told while the log cannot be written.</summary>
internal static class LogWords
{
    /// <summary>What is wrong, what that means, and what to do; null while the log can be written.</summary>
    public static string? Problem(AuditLogHealth health) => health switch
    {
        { Reason: null } => null,
        { State: AuditLogHealth.Refusing } => $"The log cannot be written, so requests are refused: {health.Reason}",
        _ => "The database cannot be written. Requests are answered, and their records are kept aside (the spool) until it can: "
            + health.Reason,
    };

    /// <summary>What is not in the database yet, or never will be, as a sentence; empty when all is.</summary>
    public static string Waiting(AuditLogHealth health)
    {
        var parts = new List<string>();
        Add(health.Spooled, $"{(health.Spooled == 1 ? "waits" : "wait")} in the spool ({ReadableSize.From(health.SpooledBytes)})");
        Add(health.Waiting, $"{(health.Waiting == 1 ? "waits" : "wait")} to be written");
        Add(health.Lost, "could be kept nowhere since the server's start");
        Add(health.Refused, "turned away since the server's start");
        return parts.Count == 0 ? "" : string.Join("; ", parts) + ".";

        void Add(long rows, string what)
        {
            if (rows > 0)
            {
                parts.Add($"{Rows(rows)} {what}");
            }
        }
    }

    /// <summary>So many rows of the log.</summary>
    public static string Rows(long rows) => rows == 1 ? "1 row" : $"{rows.ToString("N0", CultureInfo.InvariantCulture)} rows";
}
