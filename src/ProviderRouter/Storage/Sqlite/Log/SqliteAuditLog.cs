using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Writing;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>The log in the database, for one server's run, which begins and ends with it.</summary>
public sealed class SqliteAuditLog : IAuditLogStore
{
    /// <summary>How long a transaction waits for another process that writes; the writer tries again after that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>The same after a failure: meanwhile requests wait for their records to be kept elsewhere.</summary>
    private static readonly TimeSpan PatienceInOutage = TimeSpan.FromMilliseconds(50);

    private readonly SqliteDatabase database;
    private readonly TimeProvider time;
    private readonly LockFile running;
    private AuditLogTables? tables;
    private bool survivesPowerCut = true;
    private bool isPatient;

    /// <summary>Begins a run.</summary>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    internal SqliteAuditLog(SqliteDatabase database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
        tables = Connect(SqliteDatabase.BusyTimeout);
        LockFile? held = null;
        tables.BeginRun(
            new AuditEvent(AuditEvent.Started, time.GetUtcNow(), $$"""{"version":"{{ProductVersion.Text}}"}"""),
            id => held = RunLock.Take(database.Path, id));
        running = held!;
        Run = tables.Run;
    }

    /// <summary>Notes where this run's server listens. May be called by any thread.</summary>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public void NoteUrl(string url) => database.NoteUrl(Run, url);

    /// <inheritdoc/>
    public long Run { get; }

    /// <inheritdoc/>
    public void Append(IReadOnlyList<AuditRow> rows, bool isRetry = false) => Try(log => log.Append(rows, skipKnown: isRetry));

    /// <inheritdoc/>
    public void AppendSpooled(IReadOnlyList<AuditRow> rows, long run) => Try(log => log.Append(rows, skipKnown: true, run));

    /// <inheritdoc/>
    public void Append(AuditEvent happened) => Try(log => log.Append(happened));

    /// <inheritdoc/>
    public void MarkInterrupted() => Try(_ => database.MarkInterrupted());

    /// <inheritdoc/>
    public void SetDurable(bool survivesPowerCut)
    {
        this.survivesPowerCut = survivesPowerCut;
        Try(log => log.SetDurable(survivesPowerCut));
    }

    /// <inheritdoc/>
    public void Rest() => Try(log =>
    {
        log.NoteAnswered();
        log.Checkpoint();
    });

    private void Try(Action<AuditLogTables> use)
    {
        try
        {
            use(Open());
            SetPatience(isLong: true);
        }
        catch (SqliteException error) when (SqliteDatabase.IsAboutTheDatabase(error))
        {
            if (DatabaseFile.IsPassing(error) && tables is not null)
            {
                SetPatience(isLong: false);
            }
            else
            {
                Close();
            }

            throw new LogUnavailableException(SqliteDatabase.Explain(error, database.Path).Message, error);
        }
        catch (SqliteException error)
        {
            throw new InvalidOperationException(error.Message, error);
        }
    }

    /// <summary>The tables, over a new connection after a failure that the old one does not get over.</summary>
    private AuditLogTables Open()
    {
        if (tables?.HasMoved == true)
        {
            Close();
        }

        if (tables is null)
        {
            tables = File.Exists(database.Path) ? Reconnect() : throw new LogUnavailableException(
                $"The database {database.Path} is gone. Put it back, or end the router and start it again for a new one.");
            isPatient = false;
        }

        return tables;
    }

    private AuditLogTables Reconnect()
    {
        var fresh = Connect(PatienceInOutage);
        try
        {
            fresh.ContinueRun(Run);
            fresh.SetDurable(survivesPowerCut);
            return fresh;
        }
        catch (SqliteException)
        {
            fresh.Dispose();
            throw;
        }
    }

    private AuditLogTables Connect(TimeSpan patience)
    {
        var connection = database.Connect(patience);
        try
        {
            return new AuditLogTables(connection);
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            // Another file lies where the database was, be it an empty one.
            throw SqliteDatabase.IsAboutTheDatabase(error) ? error : new LogUnavailableException(
                $"The database {database.Path} is another one: {error.Message.TrimEnd('.')}. Put the right one back.", error);
        }
    }

    private void Close()
    {
        tables?.Dispose();
        tables = null;
    }

    private void SetPatience(bool isLong)
    {
        if (isLong != isPatient)
        {
            isPatient = isLong;
            tables!.SetPatience(isLong ? Patience : PatienceInOutage);
        }
    }

    /// <summary>Ends the run, and closes the connection. Where that fails, it looks as if it had been killed, and whoever comes next marks what it left.</summary>
    public void Dispose()
    {
        try
        {
            Try(log => InterruptedRuns.End(database, log, time));
        }
        catch (Exception error) when (error is LogUnavailableException or InvalidOperationException)
        {
            // The next start sees to it.
        }

        Close();
        running.Dispose();
    }
}
