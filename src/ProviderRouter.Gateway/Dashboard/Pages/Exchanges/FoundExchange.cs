using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>One exchange of the log and what was sent in it.</summary>
internal sealed record FoundExchange(AuditRecord Record, RecordedBodies Bodies)
{
    /// <summary>Reads the one that is meant by an id, the start of one, or <c>last</c>; null, and why, where it is none.</summary>
    public static FoundExchange? Read(AuditLogReader log, string typed, out string problem)
    {
        var name = log.Name(typed);
        problem = name.Problem(typed) ?? $"Retention has just removed {typed}.";
        // Retention may take it between the two.
        return name.Id is { } id && log.Read(id) is { } record && log.ReadBodies(id) is { } bodies ? new(record, bodies) : null;
    }
}
