using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>
/// Marks what a server left unanswered that was killed: each such request gets an answer's row that says so. Whichever
/// program comes next does it.
/// </summary>
internal static class InterruptedRuns
{
    /// <summary>What the record of such a request says.</summary>
    private const string Error = "The router was ended before the answer was over.";

    /// <summary>Marks them all; costs one query when there is nothing to mark.</summary>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public static void Mark(SqliteDatabase database, TimeProvider time)
    {
        foreach (var (run, answeredThrough) in Runs(database))
        {
            if (RunLock.TryTake(database.Path, run) is { } over)
            {
                using (over)
                {
                    using var tables = new AuditLogTables(database.Connect());
                    Mark(tables, run, answeredThrough, time.GetUtcNow());
                }
            }
        }
    }

    private static List<(long Run, long AnsweredThrough)> Runs(SqliteDatabase database)
    {
        using var connection = database.Connect();
        using var command = connection.Prepare("SELECT id, answered_through FROM runs");
        using var reader = command.ExecuteReader();
        var runs = new List<(long, long)>();
        while (reader.Read())
        {
            runs.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        return runs;
    }

    private static void Mark(AuditLogTables tables, long run, long answeredThrough, DateTimeOffset now)
    {
        var open = tables.Unanswered(run, answeredThrough);
        var rows = open.ConvertAll<AuditRow>(request => new AuditResponse
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
        tables.CloseRun(run, rows, new AuditEvent(AuditEvent.Interrupted, now, $$"""{"run":{{run}},"requests":{{rows.Count}}}"""));
    }
}
