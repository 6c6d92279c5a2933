using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>The log as retention sees it, over a connection of its own.</summary>
internal sealed class RetentionConnection : IDisposable
{
    public RetentionConnection(SqliteDatabase database, TimeProvider time)
    {
        Connection = database.Connect();
        var liveRuns = LiveRuns.Find(Connection, database);
        HasLiveRuns = liveRuns.Count > 0;
        Tables = new AuditLogTables(Connection);
        // Its commits need not wait for the disk: should the last of them be lost, so is all that was appended after them.
        Tables.SetDurable(survivesPowerCut: false);
        Trace = new RetentionTrace(Connection);
        Free = new FreePages(Connection);
        Cuts = new CutFinder(Connection, liveRuns);
        Planner = new Planner(Connection, Cuts, time);
    }

    public SqliteConnection Connection { get; }

    /// <summary>True when a server runs, or left a spool behind.</summary>
    public bool HasLiveRuns { get; }

    public AuditLogTables Tables { get; }

    public RetentionTrace Trace { get; }

    public FreePages Free { get; }

    public CutFinder Cuts { get; }

    public Planner Planner { get; }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Tables.Dispose();
}
