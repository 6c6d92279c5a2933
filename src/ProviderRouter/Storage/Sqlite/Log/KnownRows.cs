using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>Tells whether a row is on record already: a spool may be written a second time after a crash.</summary>
internal sealed class KnownRows(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement request = new(connection, "SELECT 1 FROM audit_requests WHERE request_id = ?");

    private readonly RawStatement response = new(connection,
        "SELECT 1 FROM audit_responses WHERE request = (SELECT id FROM audit_requests WHERE request_id = ?)");

    // Without an index: there are few events, and fewer of these rows.
    private readonly RawStatement continuation = new(connection, "SELECT 1 FROM audit_events WHERE kind = 'answer_continued' AND detail = ?");

    /// <summary>True when it is.</summary>
    public bool Has(AuditRow row)
    {
        var (statement, key) = row switch
        {
            AuditContinuation more => (continuation, more.ToEvent().Detail),
            AuditRequest => (request, row.RequestId),
            _ => (response, row.RequestId),
        };
        statement.BindText(0, Encoding.UTF8.GetBytes(key));
        var has = statement.Step();
        statement.Reset();
        return has;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        request.Dispose();
        response.Dispose();
        continuation.Dispose();
    }
}
