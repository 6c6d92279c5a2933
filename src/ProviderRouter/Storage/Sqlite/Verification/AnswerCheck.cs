using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>Whether each answer belongs to a request that stands before it, and is the only one.</summary>
internal sealed class AnswerCheck(Checkpoints checkpoints, RowNames names)
{
    private readonly HashSet<long> open = [];
    private long? lastRemoved;

    /// <summary>What is wrong with this row, or null.</summary>
    public ChainFault? Check(ChainCursor row)
    {
        if (row.Table == ChainTables.Requests)
        {
            var id = row.Row.Integer(row.Columns.Id);
            lastRemoved ??= id - 1;
            open.Add(id);
            return null;
        }

        if (row.Table != ChainTables.Responses)
        {
            return null;
        }

        // The request may be among those that retention removed; how far these went, the first that is left tells, or retention.
        var request = row.Row.Integer(row.Columns.Request);
        return open.Remove(request) || (request > 0 && request <= (lastRemoved ?? checkpoints.LastRequest)) ? null
            : new ChainFault("inserted", row.Place, names.RequestIdOf(row),
                $"The answer at place {row.Place} was inserted: request {request} has one already, or is not there.");
    }
}
