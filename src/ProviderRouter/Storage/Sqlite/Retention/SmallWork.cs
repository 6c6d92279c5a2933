using ProviderRouter.AuditLog;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>Work on the log that is done in pieces so small that nobody waits for one.</summary>
internal abstract class SmallWork(PruneStage stage, long total)
{
    /// <summary>What it removes.</summary>
    public PruneStage Stage { get; } = stage;

    /// <summary>How much there is to do, as far as is known.</summary>
    public long Total { get; protected set; } = total;

    /// <summary>How much is done.</summary>
    public long Done { get; protected set; }

    /// <summary>Looks for what is next, while others may write; false when there is nothing left.</summary>
    public abstract bool Prepare();

    /// <summary>The first thing to do in each transaction.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Does one small thing; false when what was prepared is done.</summary>
    public abstract bool DoOne();
}
