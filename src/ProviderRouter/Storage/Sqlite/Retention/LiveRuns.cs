using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>The servers that run, whose requests may still be answered.</summary>
internal static class LiveRuns
{
    /// <summary>Those that run now, each with the request up to which all of its requests have their answers.</summary>
    public static List<(long Run, long AnsweredThrough)> Find(SqliteConnection connection, string databasePath)
    {
        using var rows = new RawStatement(connection, "SELECT id, answered_through FROM runs");
        var live = new List<(long, long)>();
        while (rows.Step())
        {
            // A killed server leaves its row behind, and nobody holds its lock.
            using var over = RunLock.TryTake(databasePath, rows.Integer(0));
            if (over is null)
            {
                live.Add((rows.Integer(0), rows.Integer(1)));
            }
        }

        return live;
    }
}
