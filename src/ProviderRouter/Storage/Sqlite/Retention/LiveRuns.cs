using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>The servers' runs whose requests may still be answered: by the server itself, or from the spool that it left.</summary>
internal static class LiveRuns
{
    /// <summary>Those of this moment, each with the request up to which all of its requests have their answers.</summary>
    public static List<(long Run, long AnsweredThrough)> Find(SqliteConnection connection, SqliteDatabase database)
    {
        var live = new List<(long Run, long AnsweredThrough)>();
        using (var rows = new RawStatement(connection, "SELECT id, answered_through FROM runs"))
        {
            while (rows.Step())
            {
                live.Add((rows.Integer(0), rows.Integer(1)));
            }
        }

        live.RemoveAll(row => InterruptedRuns.IsOver(database, row.Run));
        return live;
    }
}
