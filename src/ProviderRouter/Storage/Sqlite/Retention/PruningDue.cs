using Microsoft.Data.Sqlite;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>
/// Whether there is enough to remove: each time takes a look at every row, so a server lets some of it come together. What is
/// overdue by a fiftieth of its age, or half a day, goes.
/// </summary>
internal static class PruningDue
{
    private const int AgeShare = 50;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>True when there is.</summary>
    public static bool Is(SqliteConnection connection, RetentionSettings retention, DateTimeOffset now)
    {
        var trace = new RetentionTrace(connection);
        return trace.IsUndone
            || (retention.MaxSize is { } maxSize && new FreePages(connection).UsedBytes > maxSize)
            || (retention.RecordsBefore is { } age && IsOverdue(connection, trace.Records, age, now))
            || (retention.BodiesBefore is { } bodyAge && IsOverdue(connection, trace.BodiesGone, bodyAge, now));
    }

    private static bool IsOverdue(SqliteConnection connection, LogCut gone, TimeSpan age, DateTimeOffset now)
    {
        var slack = age / AgeShare;
        using var first = new RawStatement(connection, "SELECT received_at_us < ? FROM audit_requests WHERE id > ? ORDER BY id LIMIT 1");
        first.Bind(0, (now - age - (slack < Longest ? slack : Longest)).UnixMicroseconds);
        first.Bind(1, gone.Request);
        return first.Step() && first.Integer(0) != 0;
    }
}
