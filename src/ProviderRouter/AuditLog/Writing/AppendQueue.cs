namespace ProviderRouter.AuditLog.Writing;

/// <summary>
/// Rows that wait for the writer, in the order they came. Bounded in rows and in bytes; it never drops: when it is full,
/// those who append wait.
/// </summary>
internal sealed class AppendQueue
{
    /// <summary>Rows that may wait at once.</summary>
    public const int RowLimit = 1024;

    /// <summary>What the rows that wait may take, in bytes: 64 MB. One row may always wait, however large.</summary>
    public const long WeightLimit = 64 * 1024 * 1024;

    /// <summary>Rows in one transaction at the most.</summary>
    private const int BatchLimit = 256;

    /// <summary>
    /// How long a row that nobody waits for yet may stay, so that its commit is shared with the answer of a provider that is
    /// quick. On record that soon, a request is there long before its answer in any other case.
    /// </summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Where many came of late, as many are on their way: how long the first of them waits for most of the others. Costs each
    /// a little time, and saves most of the commits.
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    /// <summary>Fewer rows than this in one batch are not many.</summary>
    private const int Many = 8;

    private readonly object gate = new();
    private readonly Queue<PendingRow> rows = new();
    // An answer must not overtake its request, so those for which there is no room queue up, too.
    private readonly Queue<PendingRow> outside = new();
    private long weight;
    private bool urgent;
    private bool closed;
    private bool writerWaits;
    private bool anyRowWakes;
    private int wakeAt = int.MaxValue;
    private int lastBatch;

    /// <summary>Rows that wait.</summary>
    public int Count => rows.Count + outside.Count;

    /// <summary>Adds a row, in its turn as soon as there is room. False when the queue is closed.</summary>
    public bool Add(PendingRow row)
    {
        lock (gate)
        {
            if (closed)
            {
                return false;
            }

            if (outside.Count > 0 || !HasRoomFor(row))
            {
                outside.Enqueue(row);
                return true;
            }

            Enter(row);
            Wake(isUrgent: row.IsUrgent || rows.Count >= BatchLimit / 4, isFirst: rows.Count == 1);
            return true;
        }
    }

    /// <summary>Somebody waits for a row that was not urgent when it came.</summary>
    public void Hurry()
    {
        lock (gate)
        {
            Wake(isUrgent: rows.Count > 0, isFirst: false);
        }
    }

    /// <summary>No row is added from now on.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Moves what waits into an empty batch. False when the queue is closed and empty.</summary>
    /// <param name="batch">What waits, in order; empty when nothing came for as long as <paramref name="patience"/>.</param>
    /// <param name="patience">How long to wait for a row.</param>
    public bool Take(List<PendingRow> batch, TimeSpan patience)
    {
        lock (gate)
        {
            // Where much goes on, only a row that somebody waits for wakes the writer; after a while without one, any does.
            if (!urgent && !closed && patience != TimeSpan.Zero)
            {
                Wait(Linger < patience || patience < TimeSpan.Zero ? Linger : patience, anyRow: false);
            }

            if (rows.Count == 0 && !closed && patience != TimeSpan.Zero)
            {
                Wait(patience, anyRow: true);
                if (rows.Count > 0 && !urgent && !closed)
                {
                    Wait(Linger, anyRow: false);
                }
            }

            if (lastBatch >= Many && rows.Count < lastBatch * 3 / 4 && rows.Count > 0 && !closed)
            {
                wakeAt = lastBatch * 3 / 4;
                Wait(Gathering, anyRow: false);
                wakeAt = int.MaxValue;
            }

            while (batch.Count < BatchLimit && rows.TryDequeue(out var row))
            {
                weight -= row.Row.Weight;
                batch.Add(row);
            }

            while (outside.TryPeek(out var next) && HasRoomFor(next))
            {
                Enter(outside.Dequeue());
            }

            lastBatch = batch.Count;
            urgent = rows.Count > 0;
            return batch.Count > 0 || !closed;
        }
    }

    private bool HasRoomFor(PendingRow row) => rows.Count == 0 || (rows.Count < RowLimit && weight + row.Row.Weight <= WeightLimit);

    private void Enter(PendingRow row)
    {
        rows.Enqueue(row);
        weight += row.Row.Weight;
    }

    private void Wake(bool isUrgent, bool isFirst)
    {
        urgent |= isUrgent;
        var gathering = wakeAt < int.MaxValue;
        if (writerWaits && (gathering ? rows.Count >= wakeAt : isUrgent || (isFirst && anyRowWakes)))
        {
            writerWaits = false;
            Monitor.Pulse(gate);
        }
    }

    private void Wait(TimeSpan time, bool anyRow)
    {
        (writerWaits, anyRowWakes) = (true, anyRow);
        Monitor.Wait(gate, time);
        writerWaits = false;
    }
}
