using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>
/// Removes pieces that no row refers to, once an event has said so. A row that was appended since they were looked for may
/// refer to one of them again; so each transaction reads those first, while nobody else can append.
/// </summary>
internal sealed class PieceRemoval(SqliteConnection connection, UnusedPieces unused, CancellationToken cancellation)
    : SmallWork(PruneStage.Pieces, unused.Ids.Count), IDisposable
{
    private readonly RawStatement delete = new(connection, "DELETE FROM audit_pieces WHERE id = ?");
    private long reached;

    /// <inheritdoc/>
    public override bool Prepare()
    {
        // Most of what is new is read here, and not while others wait.
        unused.CatchUp(cancellation);
        return unused.Ids.NextFrom(reached) is not null;
    }

    /// <inheritdoc/>
    public override void Begin() => unused.CatchUp(CancellationToken.None);

    /// <inheritdoc/>
    public override bool DoOne()
    {
        if (unused.Ids.NextFrom(reached) is not { } id)
        {
            return false;
        }

        delete.Bind(0, id);
        delete.Run();
        reached = id + 1;
        Done++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => delete.Dispose();
}
