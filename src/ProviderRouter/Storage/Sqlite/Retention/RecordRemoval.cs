using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>Removes all rows up to a place, once an event has said so. It needs not know how far one before it came.</summary>
internal sealed class RecordRemoval : SmallWork, IDisposable
{
    private readonly RawStatement[] tables;
    private int table;

    public RecordRemoval(SqliteConnection connection, LogCut cut, long total)
        : base(PruneStage.Records, total) => tables =
    [
        Deletion(connection, "audit_requests", "id", cut.Request),
        Deletion(connection, "audit_responses", "seq", cut.Place),
        Deletion(connection, "audit_events", "seq", cut.Place),
    ];

    /// <inheritdoc/>
    public override bool Prepare() => table < tables.Length;

    /// <inheritdoc/>
    public override bool DoOne()
    {
        if (tables[table].Step())
        {
            Done += table == 0 ? 1 : 0;
            tables[table].Run();
            return true;
        }

        tables[table].Reset();
        table++;
        return Prepare();
    }

    /// <summary>Removes the first row of a table, and answers a row when there was one.</summary>
    private static RawStatement Deletion(SqliteConnection connection, string table, string key, long last)
    {
        var statement = new RawStatement(
            connection, $"DELETE FROM {table} WHERE {key} = (SELECT min({key}) FROM {table}) AND {key} <= ? RETURNING 1");
        statement.Bind(0, last);
        return statement;
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(tables, table => table.Dispose());
}
