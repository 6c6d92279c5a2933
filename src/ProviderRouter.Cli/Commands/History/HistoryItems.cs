using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.History;

/// <summary>Makes list entries of what was found.</summary>
internal sealed class HistoryItems(AuditLogReader log, bool withPrompts)
{
    /// <summary>The entry of an exchange.</summary>
    public HistoryItem Of(FoundRecord found) => new(
        found.Record, log.Shorten(found.Record.RequestId), withPrompts ? log.ReadPrompt(found.Record) : null, found.Hit);
}
