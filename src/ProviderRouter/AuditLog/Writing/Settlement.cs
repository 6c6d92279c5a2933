namespace ProviderRouter.AuditLog.Writing;

/// <summary>
/// Tells those who wait for rows what became of them. What they have left to do is short (the last bytes of an answer), so the
/// writer does it for a few of them itself: to wake a thread for each would cost more. Of many, threads of the pool take
/// their share.
/// </summary>
internal sealed class Settlement(ArraySegment<PendingRow> rows, bool isKept) : IThreadPoolWorkItem
{
    /// <summary>Rows that one thread tells of.</summary>
    private const int Share = 32;

    /// <summary>Tells of all of these rows.</summary>
    public static void Of(IEnumerable<PendingRow> settled, bool isKept)
    {
        var rows = settled.ToArray();
        Array.ForEach(rows, row => row.IsDecided = true);
        for (var from = Share; from < rows.Length; from += Share)
        {
            var share = new ArraySegment<PendingRow>(rows, from, Math.Min(Share, rows.Length - from));
            ThreadPool.UnsafeQueueUserWorkItem(new Settlement(share, isKept), preferLocal: false);
        }

        new Settlement(new ArraySegment<PendingRow>(rows, 0, Math.Min(Share, rows.Length)), isKept).Execute();
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
