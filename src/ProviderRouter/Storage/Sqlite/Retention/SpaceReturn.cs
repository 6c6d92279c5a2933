using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>Moves what lies at the end of the file into its free pages, and cuts the end off.</summary>
internal sealed class SpaceReturn(SqliteConnection connection, FreePages free) : SmallWork(PruneStage.Space, free.Count), IDisposable
{
    private readonly RawStatement vacuum = new(connection, "PRAGMA incremental_vacuum(16)");
    private long left = long.MaxValue;

    /// <inheritdoc/>
    public override bool Prepare()
    {
        var before = left;
        left = free.Count;
        Done = Math.Max(0, Total - left);
        return left > 0 && left < before;
    }

    /// <inheritdoc/>
    public override bool DoOne()
    {
        vacuum.Run();
        return free.Count > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => vacuum.Dispose();
}
