using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>Counts what a part of the log has in it.</summary>
internal sealed class DoomedRows(SqliteConnection connection)
{
    /// <summary>Requests, answers and events up to a place.</summary>
    public (long Requests, long Answers, long Events) Records(LogCut through) => (
        Count("audit_requests", "id", through.Request),
        Count("audit_responses", "seq", through.Place),
        Count("audit_events", "seq", through.Place));

    /// <summary>Bodies in one table between two places: how many, their size as they were sent, and what they take in their rows.</summary>
    public (long Count, long Sent, long InRows) Bodies(BodyColumns table, LogCut from, LogCut through)
    {
        using var statement = new RawStatement(connection,
            $"""
            SELECT count(*), coalesce(sum(body_bytes), 0), coalesce(sum({table.BytesInRow}), 0) FROM {table.Table}
            WHERE {table.Key} > ? AND {table.Key} <= ? AND ({table.AreThere})
            """);
        statement.Bind(0, table.KeyIn(from));
        statement.Bind(1, table.KeyIn(through));
        statement.Step();
        return (statement.Integer(0), statement.Integer(1), statement.Integer(2));
    }

    /// <summary>True when there is any body between two places.</summary>
    public bool HasBodies(LogCut from, LogCut through) => Array.Exists(BodyColumns.All, table =>
    {
        using var statement = new RawStatement(connection,
            $"SELECT 1 FROM {table.Table} WHERE {table.Key} > ? AND {table.Key} <= ? AND ({table.AreThere}) LIMIT 1");
        statement.Bind(0, table.KeyIn(from));
        statement.Bind(1, table.KeyIn(through));
        return statement.Step();
    });

    private long Count(string table, string key, long last)
    {
        using var statement = new RawStatement(connection, $"SELECT count(*) FROM {table} WHERE {key} <= ?");
        statement.Bind(0, last);
        statement.Step();
        return statement.Integer(0);
    }
}
