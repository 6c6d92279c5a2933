using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;
using SQLitePCL;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>
/// Whether SQLite finds its own file sound, above all that indexes agree with their tables: a row that an index does not lead
/// to is as good as removed. It is done by a thread and a connection of its own, beside the walk along the chain.
/// </summary>
internal sealed class FileCheck : IDisposable
{
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

        var (place, request) = RowIn(finding.Result);
        return new ChainFault("damaged", place, request, $"The database file is damaged, or its indexes were changed: {finding.Result}.");
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

    /// <summary>The place and the request of the row that SQLite names: <c>row 12 missing from index audit_responses_by_request</c>.</summary>
    private (long? Place, string? RequestId) RowIn(string found)
    {
        var words = found.Split(' ');
        var table = Array.Find(ChainTables.All, table => words[^1].StartsWith(table.Name, StringComparison.Ordinal));
        if (words[0] != "row" || !long.TryParse(words[1], out var number) || table is null || table == ChainTables.Events)
        {
            return (null, null);
        }

        using var find = new RawStatement(connection, table == ChainTables.Requests
            ? "SELECT seq, request_id FROM audit_requests WHERE id = ?"
            : "SELECT a.seq, q.request_id FROM audit_responses a LEFT JOIN audit_requests q ON q.id = a.request WHERE a.seq = ?");
        find.Bind(0, number);
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
