using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Index;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Questions;

/// <summary>
/// Finds the exchanges that repeat one: through the index as far as that goes, and in the log where it does not. Those that are shown are
/// checked in the log, the others counted.
/// </summary>
internal sealed class ReplayFinder(SqliteConnection log, string databasePath, RecordReader records) : IDisposable
{
    /// <summary>So many exchanges that the index does not have are looked at, the newest.</summary>
    private const int MostInLog = 32 * 1024;

    /// <summary>So many of which the index does not know what they repeat are looked at, the newest.</summary>
    private const int MostUnknown = 8 * 1024;

    private readonly RawStatement inLog = new(log, "SELECT id FROM audit_requests WHERE id BETWEEN ? AND ? AND replays = ? ORDER BY id DESC");
    private readonly List<AuditRecord> newest = [];
    private int count;
    private long unseen;
    private int roomInLog;
    private int roomUnknown;

    /// <summary>Finds them.</summary>
    /// <param name="origin">The one that they repeat.</param>
    /// <param name="most">How many are read; the others are counted.</param>
    public FoundReplays Find(AuditRecord origin, int most)
    {
        newest.Clear();
        (count, unseen, roomInLog, roomUnknown) = (0, 0, MostInLog, MostUnknown);
        using var index = IndexedLog.TryOpen(log, databasePath);
        var span = LogSpan.Of(log);
        FindInLog(origin, Math.Max(span.First, (index?.Through ?? 0) + 1), span.Last, most);
        for (var i = (index?.Blocks.Count ?? 0) - 1; i >= 0; i--)
        {
            FindIn(index!, index!.Blocks[i], origin, most);
        }

        return new([.. newest], count, unseen);
    }

    private void FindIn(IndexedLog index, IndexedBlock block, AuditRecord origin, int most)
    {
        try
        {
            var replays = index.Reader.Read(block, FactColumn.Replays);
            for (var i = replays.Length - 1; i >= 0; i--)
            {
                var isKnown = replays[i] == FactsBuilder.ReplayOf(origin.Id);
                if ((isKnown || replays[i] == FactsBuilder.ReplayOfUnknown) && block.FirstId + i >= index.Span.First)
                {
                    Check(block.FirstId + i, origin, most, isKnown);
                }
            }
        }
        catch (Exception error) when (IndexDamage.Is(error))
        {
            // Damaged, or just being dropped: the log tells.
            FindInLog(origin, block.FirstId, block.LastId, most);
        }
    }

    private void Check(long id, AuditRecord origin, int most, bool isKnown)
    {
        if (isKnown && newest.Count == most)
        {
            count++;
            return;
        }

        if (!isKnown && roomUnknown-- <= 0)
        {
            unseen++;
            return;
        }

        if (records.Read(id) is { } record && record.Replays == origin.RequestId)
        {
            Add(record, most);
        }
    }

    private void FindInLog(AuditRecord origin, long first, long last, int most)
    {
        var looked = Math.Clamp(last - first + 1, 0, roomInLog);
        unseen += Math.Max(0, last - first + 1) - looked;
        roomInLog -= (int)looked;
        inLog.Bind(0, last - looked + 1);
        inLog.Bind(1, last);
        inLog.BindText(2, Encoding.UTF8.GetBytes(origin.RequestId));
        try
        {
            while (inLog.Step())
            {
                if (records.Read(inLog.Integer(0)) is { } record)
                {
                    Add(record, most);
                }
            }
        }
        finally
        {
            inLog.Reset();
        }
    }

    private void Add(AuditRecord record, int most)
    {
        count++;
        if (newest.Count < most)
        {
            newest.Add(record);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => inLog.Dispose();
}
