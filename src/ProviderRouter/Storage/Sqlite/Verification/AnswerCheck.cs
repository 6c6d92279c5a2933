using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>Whether each answer belongs to a request that stands before it, and is the only one.</summary>
internal sealed class AnswerCheck
{
    private readonly HashSet<long> open = [];
    private long firstRequest;

    /// <summary>What is wrong with this row, or null.</summary>
    public ChainFault? Check(ChainCursor row)
    {
        if (row.Table == ChainTables.Requests)
        {
            var id = row.Row.Integer(row.Column("id"));
            firstRequest = firstRequest == 0 ? id : firstRequest;
            open.Add(id);
            return null;
        }

        if (row.Table != ChainTables.Responses)
        {
            return null;
        }

        var request = row.Row.Integer(row.Column("request"));
        return open.Remove(request) || (firstRequest > 0 && request < firstRequest) ? null
            : new ChainFault("inserted", row.Place, RequestId: null,
                $"The answer at place {row.Place} was inserted: request {request} has one already, or is not there.");
    }
}
