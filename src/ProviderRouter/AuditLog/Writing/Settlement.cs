namespace ProviderRouter.AuditLog.Writing;

/// <summary>
/// Tells those who wait for rows what became of them, several on one thread of the pool: after a commit many wait, and a
/// thread for each of them costs more than what they have left to do.
/// </summary>
internal sealed class Settlement(ArraySegment<PendingRow> rows, bool isKept) : IThreadPoolWorkItem
{
    /// <summary>Rows that one thread tells of.</summary>
    private const int Share = 16;

    /// <summary>Queues it for all of these rows.</summary>
    public static void Of(IEnumerable<PendingRow> settled, bool isKept)
    {
        var rows = settled.ToArray();
        for (var from = 0; from < rows.Length; from += Share)
        {
            var share = new ArraySegment<PendingRow>(rows, from, Math.Min(Share, rows.Length - from));
            ThreadPool.UnsafeQueueUserWorkItem(new Settlement(share, isKept), preferLocal: false);
        }
    }

    /// <inheritdoc/>
    public void Execute()
    {
        foreach (var row in rows)
        {
            row.Settle(isKept);
        }
    }
}
