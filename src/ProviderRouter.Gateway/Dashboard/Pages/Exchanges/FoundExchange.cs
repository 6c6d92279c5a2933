using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>One exchange of the log and what was sent in it, of each body up to <see cref="Most"/>.</summary>
internal sealed record FoundExchange(AuditRecord Record, RecordedBodies Bodies)
{
    /// <summary>So much of a body is read to be shown, in bytes: twice what the log keeps of one unless it is told otherwise.</summary>
    public const int Most = 32 * 1024 * 1024;

    /// <summary>Of bodies that are larger together, one exchange is read at a time.</summary>
    private const long Large = 4 * 1024 * 1024;

    /// <summary>True of one that takes much memory to be shown.</summary>
    public static bool IsLarge(AuditLogReader log, string typed) =>
        log.Name(typed).Id is { } id && log.Read(id) is { } record && record.RequestBytes + (record.ResponseBytes ?? 0) > Large;

    /// <summary>Reads the one that is meant by an id, the start of one, or <c>last</c>; null, and why, where it is none.</summary>
    public static FoundExchange? Read(AuditLogReader log, string typed, out string problem)
    {
        var name = log.Name(typed);
        problem = name.Problem(typed, "Live and Search show those that are, each with a link.") ?? $"Retention has just removed {typed}.";
        // Retention may take it between the two.
        return name.Id is { } id && log.Read(id) is { } record && log.ReadBodies(id, Most) is { } bodies ? new(record, bodies) : null;
    }
}
