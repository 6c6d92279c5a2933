using System.Globalization;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Export;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Retention;

namespace ProviderRouter.Storage.Sqlite.Exchange;

/// <summary>
/// Brings an export into an empty log, in one transaction: all of it, or nothing, however it ends. Its rows are a run of their own, between
/// an event that says where they come from and one that says how many they are.
/// </summary>
internal sealed class LogImport(SqliteDatabase database, TimeProvider time, Action<LogFile> progress, CancellationToken cancellation)
{
    private long answers;

    /// <summary>Does it; a dry run does all of it and takes it back.</summary>
    /// <exception cref="SetUpException">The log is not empty, a server runs, or a line is wrong; the message says what and what to do.</exception>
    public ImportedLog Run(LogFile file, bool isDryRun)
    {
        using var connection = database.Connect();
        var header = file.ReadHeader();
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            CheckThatNobodyWrites(connection);
            using var tables = new AuditLogTables(connection, ownsConnection: false);
            using var known = new KnownRows(connection);
            tables.MoveIn(Begun(header), Rows(file, known));
            tables.Insert(new AuditEvent(AuditEvent.Imported, time.GetUtcNow(), string.Create(CultureInfo.InvariantCulture,
                $$"""{"run":{{tables.Run}},"requests":{{file.Exchanges}},"answers":{{answers}},"bytes":{{file.Bytes}},"sha256":"{{file.Digest()}}"}""")));
            var imported = new ImportedLog(file.Exchanges, answers, file.Digest(), ChainEnd.Read(connection));
            connection.Execute(isDryRun ? "ROLLBACK" : "COMMIT");
            TidyUp(connection);
            return imported;
        }
        catch
        {
            Undo(connection);
            throw;
        }
    }

    private AuditEvent Begun(ExportHeader header)
    {
        // Of a file that anybody may have written: only what is sure to be no JSON of its own.
        var program = new string([.. header.Program.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '+').Take(64)]);
        var head = ChainHead.TryParse(header.Head, out var known) ? $"\"{known}\"" : "null";
        return new AuditEvent(AuditEvent.ImportBegun, time.GetUtcNow(),
            string.Create(CultureInfo.InvariantCulture, $$"""{"format":{{header.Version}},"program":"{{program}}","head":{{head}}}"""));
    }

    private void CheckThatNobodyWrites(SqliteConnection connection)
    {
        if (connection.Scalar<long>("SELECT (SELECT count(*) FROM (SELECT 1 FROM audit_requests LIMIT 1)) + (SELECT count(*) FROM (SELECT 1 FROM audit_responses LIMIT 1))") > 0)
        {
            throw new SetUpException(
                "Requests are on record here already, and an export is imported into an empty log alone. Name a new folder for it: --data DIR");
        }

        if (LiveRuns.Find(connection, database).Count > 0)
        {
            throw new SetUpException(
                "A server runs on this database, or left records in its spool. Stop it, or let it write them; or name a new folder for the import: --data DIR");
        }
    }

    private IEnumerable<AuditRow> Rows(LogFile file, KnownRows known)
    {
        while (file.Next() is { } exchange)
        {
            cancellation.ThrowIfCancellationRequested();
            var (request, answer) = RowsOf(file, exchange);
            if (known.Has(request))
            {
                throw file.Wrong($"the request {request.RequestId} stands in the file twice.");
            }

            yield return request;
            if (answer is not null)
            {
                answers++;
                yield return answer;
            }

            progress(file);
        }
    }

    private static (AuditRequest Request, AuditResponse? Answer) RowsOf(LogFile file, LoggedExchange exchange)
    {
        try
        {
            return (ImportedRows.Request(exchange), ImportedRows.Response(exchange));
        }
        catch (FormatException error)
        {
            throw file.Wrong(error.Message, error);
        }
    }

    private static void TidyUp(SqliteConnection connection)
    {
        try
        {
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // There is no room for it now. What was imported is on record all the same, and whoever writes next does it.
        }
    }

    private static void Undo(SqliteConnection connection)
    {
        try
        {
            connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite undid it by itself, as it does where the disk is full.
        }
    }
}
