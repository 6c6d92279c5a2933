using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Configuration;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>
/// Marks what a server left unanswered that was killed: each such request gets an answer's row that says so. Whichever
/// program comes next does it; but not while a spool of that run may hold the answers, which the next server writes first.
/// </summary>
internal static class InterruptedRuns
{
    /// <summary>What the record of such a request says.</summary>
    private const string Error = "The router was ended before the answer was over.";

    /// <summary>Marks them all; costs one query when there is nothing to mark.</summary>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public static void Mark(SqliteDatabase database, TimeProvider time)
    {
        foreach (var run in Runs(database))
        {
            if (!HasSpool(database, run) && RunLock.TryTake(database.Path, run) is { } over)
            {
                using (over)
                {
                    using var tables = new AuditLogTables(database.Connect());
                    Close(tables, run, AuditEvent.Interrupted, time.GetUtcNow());
                }
            }
        }
    }

    /// <summary>Ends a run in good order, with a mark for what it leaves unanswered after all; but not while it has a spool.</summary>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public static void End(SqliteDatabase database, AuditLogTables tables, TimeProvider time)
    {
        if (!HasSpool(database, tables.Run))
        {
            Close(tables, tables.Run, AuditEvent.Stopped, time.GetUtcNow());
        }
    }

    /// <summary>True when none of a run's requests is answered any more: it is over, or will be as soon as somebody marks it.</summary>
    public static bool IsOver(SqliteDatabase database, long run)
    {
        using var over = HasSpool(database, run) ? null : RunLock.TryTake(database.Path, run);
        return over is not null;
    }

    private static List<long> Runs(SqliteDatabase database)
    {
        using var connection = database.Connect();
        using var command = connection.Prepare("SELECT id FROM runs");
        using var reader = command.ExecuteReader();
        var runs = new List<long>();
        while (reader.Read())
        {
            runs.Add(reader.GetInt64(0));
        }

        return runs;
    }

    private static bool HasSpool(SqliteDatabase database, long run)
    {
        using var settings = database.OpenSettings();
        var folder = settings.Read().Settings.Audit.SpoolFolder;
        return SpoolFiles.Find(new DataFolder(Path.GetDirectoryName(database.Path)!), folder).Exists(file => file.Run == run);
    }

    private static void Close(AuditLogTables tables, long run, string how, DateTimeOffset now)
    {
        var rows = tables.Unanswered(run).ConvertAll<AuditRow>(request => new AuditResponse
        {
            RequestId = request.RequestId,
            Provider = request.Provider,
            At = now,
            Outcome = Outcome.Interrupted,
            StatusCode = null,
            Error = Error,
            Stream = request.Stream,
            Headers = AuditHeaders.None,
            Body = AuditBody.None with { State = AuditBodyState.Incomplete },
        });
        tables.CloseRun(run, rows, new AuditEvent(how, now, $$"""{"run":{{run}},"requests":{{rows.Count}}}"""));
    }
}
