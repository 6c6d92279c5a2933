using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Writing;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>The log in the database, for one server's run, which begins and ends with it.</summary>
public sealed class SqliteAuditLog : IAuditLogStore
{
    /// <summary>How long a transaction waits for another process that writes; the writer tries again after that.</summary>
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it is looked whether the file is still there: SQLite itself would write to one that was deleted.</summary>
    private static readonly TimeSpan PresenceInterval = TimeSpan.FromSeconds(1);

    private readonly SqliteDatabase database;
    private readonly TimeProvider time;
    private readonly RunLock running;
    private readonly long ownRun;
    private AuditLogTables tables;
    private bool survivesPowerCut = true;
    private bool isBroken;
    private long seenAt;

    /// <summary>Begins a run.</summary>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    internal SqliteAuditLog(SqliteDatabase database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
        tables = new AuditLogTables(database.Connect(BusyTimeout));
        RunLock? held = null;
        tables.BeginRun(
            new AuditEvent(AuditEvent.Started, time.GetUtcNow(), $$"""{"version":"{{ProductVersion.Text}}"}"""),
            id => held = RunLock.Take(database.Path, id));
        running = held!;
        ownRun = tables.Run;
    }

    /// <summary>Notes where this run's server listens. May be called by any thread.</summary>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public void NoteUrl(string url) => database.NoteUrl(ownRun, url);

    /// <inheritdoc/>
    public void Append(IReadOnlyList<AuditRow> rows, bool skipKnown = false) => Try(() => tables.Append(rows, skipKnown));

    /// <inheritdoc/>
    public void Append(AuditEvent happened) => Try(() => tables.Append(happened));

    /// <inheritdoc/>
    public void SetDurable(bool survivesPowerCut)
    {
        this.survivesPowerCut = survivesPowerCut;
        Try(() => tables.SetDurable(survivesPowerCut));
    }

    /// <inheritdoc/>
    public void Rest() => Try(() =>
    {
        tables.NoteAnswered();
        tables.Checkpoint();
    });

    /// <inheritdoc/>
    public void Reopen()
    {
        if (isBroken)
        {
            Try(() =>
            {
                var run = tables.Run;
                var fresh = new AuditLogTables(database.Connect(BusyTimeout));
                tables.Dispose();
                tables = fresh;
                tables.ContinueRun(run);
                tables.SetDurable(survivesPowerCut);
            });
        }
    }

    private void Try(Action use)
    {
        try
        {
            if (time.GetElapsedTime(seenAt) > PresenceInterval)
            {
                seenAt = File.Exists(database.Path) ? time.GetTimestamp() : throw new LogUnavailableException(
                    $"The database {database.Path} is gone. Put it back, or end the router and start it again for a new one.");
            }

            use();
            isBroken = false;
        }
        catch (SqliteException error) when (SqliteDatabase.IsAboutTheDatabase(error))
        {
            isBroken = true;
            throw new LogUnavailableException(SqliteDatabase.Explain(error, database.Path).Message, error);
        }
        catch (SqliteException error)
        {
            throw new InvalidOperationException(error.Message, error);
        }
        catch (LogUnavailableException)
        {
            isBroken = true;
            throw;
        }
    }

    /// <summary>Ends the run, and closes the connection.</summary>
    public void Dispose()
    {
        try
        {
            tables.EndRun(new AuditEvent(AuditEvent.Stopped, time.GetUtcNow()));
        }
        catch (SqliteException)
        {
            // Then it looks as if it had been killed, and whoever comes next marks what it left.
        }

        tables.Dispose();
        running.Dispose();
    }
}
