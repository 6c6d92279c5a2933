using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Replay;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Replay;

/// <summary>Reads requests from the log as they can be sent again, and the records of those that were. One thread at a time.</summary>
/// <param name="log">The log.</param>
/// <param name="model">The model to ask for instead; null for the same.</param>
internal sealed class RecordedRequests(AuditLogReader log, string? model)
{
    private readonly Lock gate = new();

    /// <summary>The request of this exchange; null, and why, where it cannot be sent again.</summary>
    public RecordedRequest? Read(long id, out NotSent why)
    {
        lock (gate)
        {
            if (log.Read(id) is not { } record || log.ReadBodies(id) is not { } bodies)
            {
                why = new NotSent($"{id}", "its record was removed from the log meanwhile");
                return null;
            }

            var request = RecordedRequest.Read(record, bodies, log.ReadRequestDigest(id), model, out var reason);
            why = new NotSent(record.RequestId, reason);
            return request;
        }
    }

    /// <summary>The name of an exchange that was to be sent.</summary>
    public string NameOf(long id)
    {
        lock (gate)
        {
            return log.Read(id)?.RequestId ?? $"{id}";
        }
    }

    /// <summary>The record of an answer; null while there is none.</summary>
    public AuditRecord? RecordOf(string? requestId)
    {
        lock (gate)
        {
            return requestId is not null && log.Name(requestId).Id is { } id ? log.Read(id) : null;
        }
    }

    /// <summary>The shortest start of an id that names no other one.</summary>
    public string Shorten(string requestId)
    {
        lock (gate)
        {
            return log.Shorten(requestId);
        }
    }
}
