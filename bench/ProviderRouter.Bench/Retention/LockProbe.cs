using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ProviderRouter.Bench.Retention;

/// <summary>Another program that writes to the database now and then: how long it waits until it may.</summary>
internal static class LockProbe
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Begins a transaction, and ends it at once, as long as something else goes on.</summary>
    /// <returns>How long each of them waited, in ms.</returns>
    public static async Task<List<double>> RunWhileAsync(string database, Task something)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadWrite;Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 5000");
        var waits = new List<double>();
        using var timer = new PeriodicTimer(Interval);
        while (!something.IsCompleted && await timer.WaitForNextTickAsync())
        {
            var started = Stopwatch.GetTimestamp();
            Execute(connection, "BEGIN IMMEDIATE");
            waits.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Execute(connection, "ROLLBACK");
        }

        return waits;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
