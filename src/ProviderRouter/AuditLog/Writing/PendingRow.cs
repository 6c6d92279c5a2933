namespace ProviderRouter.AuditLog.Writing;

/// <summary>A row on its way to the log.</summary>
internal sealed class PendingRow(AuditRow row, bool isUrgent, bool mayWait)
{
    private readonly TaskCompletionSource<bool> done = new();

    /// <summary>The row.</summary>
    public AuditRow Row => row;

    /// <summary>True when somebody waits for it; else it may wait a moment for others to share its commit.</summary>
    public bool IsUrgent => isUrgent;

    /// <summary>True for a row that is kept for later where it cannot be written; else it is turned away.</summary>
    public bool MayWait => mayWait;

    /// <summary>True once it is known what became of it, though those who wait may not have been told. For the writer's thread.</summary>
    public bool IsDecided { get; set; }

    /// <summary>True once it is written, or kept where it will be; false when it is not.</summary>
    public Task<bool> Done => done.Task;

    /// <summary>Tells those who wait, and goes on with what they do next.</summary>
    public void Settle(bool isKept) => done.TrySetResult(isKept);
}
