using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>
/// Appends to the log, many rows in one transaction, each chained to the one before. For one thread at a time. Other
/// processes may append between two transactions: the end of the chain is read again when anything changed.
/// </summary>
public sealed class AuditLogTables : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly bool ownsConnection;
    private readonly RawStatement begin;
    private readonly RawStatement commit;
    private readonly RawStatement version;
    private readonly PieceStore pieces;
    private readonly RequestInsert requests;
    private readonly ResponseInsert responses;
    private readonly ChainedInsert events;
    private readonly OpenRequests open;
    private readonly KnownRows known;
    private long seenVersion = -1;
    private ChainHead head;
    private long lastRequest;

    internal AuditLogTables(SqliteConnection connection, bool ownsConnection = true)
    {
        this.connection = connection;
        this.ownsConnection = ownsConnection;
        begin = new RawStatement(connection, "BEGIN IMMEDIATE");
        commit = new RawStatement(connection, "COMMIT");
        version = new RawStatement(connection, "PRAGMA data_version");
        pieces = new PieceStore(connection);
        requests = new RequestInsert(connection, pieces);
        responses = new ResponseInsert(connection, pieces);
        events = new ChainedInsert(connection, ChainTables.Events);
        open = new OpenRequests(connection);
        known = new KnownRows(connection);
    }

    /// <summary>The server's run that rows are written for: the place of the event that began it.</summary>
    public long Run { get; private set; }

    /// <summary>Appends these rows in one transaction: all of them are on the disk when this returns, or none.</summary>
    /// <param name="rows">Requests and answers.</param>
    /// <param name="skipKnown">True to pass over what is on record already.</param>
    /// <param name="run">The server's run that received them; null for <see cref="Run"/>.</param>
    /// <exception cref="SqliteException">Nothing was written.</exception>
    /// <exception cref="InvalidOperationException">An answer's request is not on record. Nothing was written.</exception>
    public void Append(IReadOnlyList<AuditRow> rows, bool skipKnown = false, long? run = null) => Transact(() =>
    {
        foreach (var row in rows)
        {
            if (!skipKnown || !known.Has(row))
            {
                Insert(row, run ?? Run);
            }
        }
    });

    /// <summary>Appends what happened to the log itself, in a transaction of its own.</summary>
    public void Append(AuditEvent happened) => Transact(() => Insert(happened));

    /// <summary>Begins a server's run: what is appended from now on belongs to it.</summary>
    /// <param name="started">The event that begins it.</param>
    /// <param name="beforeCommit">Called with the run's id before anybody can see it.</param>
    public void BeginRun(AuditEvent started, Action<long> beforeCommit) => Transact(() =>
    {
        Insert(started);
        Run = head.Place;
        connection.Execute($"INSERT INTO runs (id, answered_through) VALUES ({Run}, {lastRequest})");
        beforeCommit(Run);
    });

    /// <summary>Goes on with a run that began on another connection, be it to a copy of the file that knows nothing of it.</summary>
    public void ContinueRun(long run) => Transact(() =>
    {
        Run = run;
        connection.Execute($"INSERT OR IGNORE INTO runs (id, answered_through) VALUES ({Run}, {lastRequest})");
        open.Load(Unanswered(run));
    });

    /// <summary>Notes up to where all requests of this run have their answers on record, so that few are to be looked at after a crash.</summary>
    public void NoteAnswered() => Transact(() =>
    {
        if (!open.AreKnown)
        {
            open.Load(Unanswered(Run));
        }

        connection.Execute($"UPDATE runs SET answered_through = max(answered_through, {open.FirstOr(lastRequest + 1) - 1}) WHERE id = {Run}");
    });

    /// <summary>Ends a run, with answers to what it left open.</summary>
    public void CloseRun(long run, IReadOnlyList<AuditRow> rows, AuditEvent end) => Transact(() =>
    {
        if (connection.Scalar<long>($"SELECT count(*) FROM runs WHERE id = {run}") == 0)
        {
            // Somebody else has ended it in the meantime.
            return;
        }

        foreach (var row in rows)
        {
            Insert(row, run);
        }

        Insert(end);
        connection.Execute($"DELETE FROM runs WHERE id = {run}");
    });

    /// <summary>Appends rows of an older schema, as a run of their own, within a transaction that is there already.</summary>
    internal void MoveIn(AuditEvent migrated, IEnumerable<AuditRow> rows)
    {
        Refresh();
        Insert(migrated);
        Run = head.Place;
        foreach (var row in rows)
        {
            Insert(row, Run);
        }
    }

    /// <summary>The requests of a run that have no answer on record.</summary>
    internal List<OpenRequest> Unanswered(long run) => OpenRequests.Find(connection, run);

    private void Insert(AuditRow row, long run)
    {
        if (row is AuditRequest request)
        {
            head = requests.Run(request, head, ++lastRequest, run);
            if (run == Run)
            {
                open.Add(request.RequestId, lastRequest);
            }
        }
        else if (row is AuditResponse response)
        {
            head = responses.Run(response, head, open.Take(response.RequestId));
        }
        else if (row is AuditContinuation continuation)
        {
            Insert(continuation.ToEvent());
        }
    }

    /// <summary>Appends within a transaction that appends more; what it does is undone with it.</summary>
    internal void Insert(AuditEvent happened)
    {
        events.Begin(head.Hash.Span);
        events.Add(head.Place + 1);
        events.Add(happened.At.UnixMicroseconds);
        events.AddText(happened.Kind);
        events.Add(happened.Through);
        events.AddText(happened.Detail);
        events.Seal();
        events.Run();
        head = new ChainHead(head.Place + 1, events.Hash);
    }

    /// <summary>True when the file is not where it was any more: moved, deleted or replaced. SQLite itself would go on writing to it.</summary>
    public bool HasMoved => NativeSqlite.HasMoved(connection);

    /// <summary>Sets how long a transaction waits for another's lock.</summary>
    public void SetPatience(TimeSpan patience) => connection.Execute($"PRAGMA busy_timeout = {(int)patience.TotalMilliseconds}");

    /// <summary>Sets whether a commit waits for the disk.</summary>
    public void SetDurable(bool survivesPowerCut) =>
        connection.Execute(survivesPowerCut ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");

    /// <summary>
    /// Moves what was written into the database file and empties the file beside it, when nobody reads from that. It waits for no reader: a
    /// backup reads for as long as it takes, and rows may come meanwhile.
    /// </summary>
    public void Checkpoint()
    {
        var patience = connection.Scalar<long>("PRAGMA busy_timeout");
        connection.Execute("PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)");
        connection.Execute($"PRAGMA busy_timeout = {patience}");
    }

    /// <summary>Runs this in a transaction that nobody else can write beside; all of it is committed, or none.</summary>
    internal void Transact(Action write)
    {
        begin.Run();
        try
        {
            Refresh();
            write();
            commit.Run();
        }
        catch
        {
            seenVersion = -1;
            open.Clear();
            Undo();
            throw;
        }
    }

    private void Refresh()
    {
        version.Step();
        var now = version.Integer(0);
        version.Reset();
        if (now != seenVersion)
        {
            head = ChainEnd.Read(connection);
            lastRequest = ChainEnd.LastRequest(connection);
            pieces.Forget();
            seenVersion = now;
        }
    }

    private void Undo()
    {
        try
        {
            connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite undid it by itself, as it does where the disk is full (https://sqlite.org/lang_transaction.html).
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        begin.Dispose();
        commit.Dispose();
        version.Dispose();
        pieces.Dispose();
        requests.Dispose();
        responses.Dispose();
        events.Dispose();
        open.Dispose();
        known.Dispose();
        if (ownsConnection)
        {
            connection.Dispose();
        }
    }
}
