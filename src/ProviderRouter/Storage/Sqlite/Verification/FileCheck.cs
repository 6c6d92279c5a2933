using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Raw;
using SQLitePCL;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>
/// Whether SQLite finds its own file sound, above all that indexes agree with their tables: a row that an index does not lead
/// to is as good as removed. It is done by a thread and a connection of its own, beside the walk along the chain.
/// </summary>
internal sealed class FileCheck : IDisposable
{
    // The first row that an index does not lead to.
    private const string LostRequest =
        """
        SELECT seq, request_id FROM audit_requests q NOT INDEXED WHERE NOT EXISTS (
            SELECT 1 FROM audit_requests i INDEXED BY audit_requests_by_request_id WHERE i.request_id = q.request_id AND i.id = q.id)
        ORDER BY id LIMIT 1
        """;

    private const string LostAnswer =
        """
        SELECT seq, (SELECT request_id FROM audit_requests q WHERE q.id = a.request) FROM audit_responses a NOT INDEXED WHERE NOT EXISTS (
            SELECT 1 FROM audit_responses i INDEXED BY audit_responses_by_request WHERE i.request = a.request AND i.seq = a.seq)
        ORDER BY seq LIMIT 1
        """;

    private readonly SqliteConnection connection;
    private readonly Task<string> finding;

    /// <summary>Begins.</summary>
    public FileCheck(SqliteConnection connection)
    {
        this.connection = connection;
        finding = Task.Factory.StartNew(Check, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits for the end; what is wrong, or null.</summary>
    public ChainFault? Find(CancellationToken cancellation)
    {
        finding.Wait(cancellation);
        if (finding.Result == "ok")
        {
            return null;
        }

        var (place, request) = finding.Result.Contains("audit_responses_by_request", StringComparison.Ordinal) ? Lost(LostAnswer)
            : finding.Result.Contains("audit_requests_by_request_id", StringComparison.Ordinal) ? Lost(LostRequest)
            : (null, null);
        return new ChainFault("damaged", place, request, $"The database file is damaged, or an index was changed: {finding.Result}.");
    }

    /// <summary>What a failure to read means; null when it is not about the file.</summary>
    public static ChainFault? Explain(SqliteException error, long place) => error.SqliteErrorCode is not (11 or 26) ? null
        : new ChainFault("damaged", place, RequestId: null,
            $"The database file is damaged; up to place {place - 1} it could be read, and is right.");

    private string Check()
    {
        try
        {
            using var check = new RawStatement(connection, "PRAGMA integrity_check(1)");
            return check.Step() ? check.Text(0).ReplaceLineEndings(" ") : "ok";
        }
        catch (SqliteException error)
        {
            return error.Message.TrimEnd('.');
        }
    }

    private (long? Place, string? RequestId) Lost(string sql)
    {
        using var find = new RawStatement(connection, sql);
        return !find.Step() ? (null, null) : (find.Integer(0), find.IsNull(1) ? null : find.Text(1));
    }

    /// <summary>Ends it, wherever it is.</summary>
    public void Dispose()
    {
        // May be called from any thread (https://sqlite.org/c3ref/interrupt.html).
        raw.sqlite3_interrupt(connection.Handle);
        finding.Wait();
        connection.Dispose();
    }
}
