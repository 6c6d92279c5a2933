using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>Takes the bodies out of one table's rows, once an event has said so. Rows whose bodies are gone are passed over.</summary>
internal sealed class BodyRemoval(SqliteConnection connection, BodyColumns columns, LogCut from, LogCut through, long total)
    : SmallWork(PruneStage.Bodies, total), IDisposable
{
    private readonly RawStatement find = new(connection,
        $"SELECT {columns.Key} FROM {columns.Table} WHERE {columns.Key} > ? AND {columns.Key} <= ? AND ({columns.AreThere}) ORDER BY 1 LIMIT 512");

    private readonly RawStatement clear = new(connection,
        $"UPDATE {columns.Table} SET {columns.ToNull} WHERE {columns.Key} = ? RETURNING body_bytes");

    private readonly Queue<long> found = [];
    private long reached = columns.KeyIn(from);

    /// <summary>The sizes of those that are gone, as they were sent.</summary>
    public long Bytes { get; private set; }

    /// <inheritdoc/>
    public override bool Prepare()
    {
        if (found.Count == 0)
        {
            find.Bind(0, reached);
            find.Bind(1, columns.KeyIn(through));
            while (find.Step())
            {
                reached = find.Integer(0);
                found.Enqueue(reached);
            }

            find.Reset();
        }

        return found.Count > 0;
    }

    /// <inheritdoc/>
    public override bool DoOne()
    {
        clear.Bind(0, found.Dequeue());
        clear.Step();
        Bytes += clear.Integer(0);
        Done++;
        clear.Run();
        return found.Count > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        find.Dispose();
        clear.Dispose();
    }
}
