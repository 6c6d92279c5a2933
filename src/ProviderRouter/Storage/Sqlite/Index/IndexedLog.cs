using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Storage.Sqlite.Raw;
using ProviderRouter.Storage.Sqlite.Retention;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>The index of this log, as it was when it was opened.</summary>
internal sealed class IndexedLog : IDisposable
{
    private readonly SqliteConnection log;
    private readonly LogIndex index;

    private IndexedLog(SqliteConnection log, LogIndex index, LogSpan span, IReadOnlyList<IndexedBlock> blocks)
    {
        (this.log, this.index) = (log, index);
        Span = span;
        Blocks = blocks;
        Names = new IndexNames(index.Connection);
        Reader = new BlockReader(index.Connection);
    }

    /// <summary>What was on record when it was opened.</summary>
    public LogSpan Span { get; }

    /// <summary>Its blocks, the oldest first.</summary>
    public IReadOnlyList<IndexedBlock> Blocks { get; }

    /// <summary>Its names.</summary>
    public IndexNames Names { get; }

    /// <summary>Reads its blocks.</summary>
    public BlockReader Reader { get; }

    /// <summary>The last exchange in a block; all that came later is in the log alone.</summary>
    public long Through => Blocks.Count > 0 ? Blocks[^1].LastId : Span.First - 1;

    /// <summary>The connection to the index.</summary>
    public SqliteConnection Connection => index.Connection;

    /// <summary>Opens it as of now; null when there is none that is of use.</summary>
    /// <param name="log">The log.</param>
    /// <param name="databasePath">Where it lies.</param>
    /// <param name="asOfOneMoment">True to read all of both as of this moment; for short questions.</param>
    public static IndexedLog? TryOpen(SqliteConnection log, string databasePath, bool asOfOneMoment = false)
    {
        if (LogIndex.TryOpen(databasePath) is not { } index)
        {
            return null;
        }

        try
        {
            if (asOfOneMoment)
            {
                // The index first: what the log has beyond it is read from the log.
                index.Connection.Execute("BEGIN");
            }

            var blocks = BlockReader.List(index.Connection);
            var span = LogSpan.Of(log);
            if (IsAbout(log, index.Connection, span))
            {
                return new IndexedLog(log, index, span, blocks);
            }
        }
        catch (SqliteException)
        {
            // Damaged, or being made anew.
        }

        index.Dispose();
        return null;
    }

    /// <summary>True when the index was made from this log: its last block, and its last part, end with the requests that the log has there.</summary>
    public static bool IsAbout(SqliteConnection log, SqliteConnection index, LogSpan span) =>
        IsIn(log, index, $"SELECT block * {LogIndex.BlockSize} + count, proof FROM blocks ORDER BY block DESC LIMIT 1", span)
        && IsIn(log, index, "SELECT through, proof FROM parts ORDER BY part DESC LIMIT 1", span);

    private static bool IsIn(SqliteConnection log, SqliteConnection index, string end, LogSpan span)
    {
        using var last = new RawStatement(index, end);
        if (!last.Step() || last.Integer(0) < span.First)
        {
            return last.Integer(0) <= span.Last;
        }

        using var row = new RawStatement(log, "SELECT hash FROM audit_requests WHERE id = ?");
        row.Bind(0, last.Integer(0));
        return row.Step() && row.Bytes(0).SequenceEqual(last.Bytes(1));
    }

    /// <summary>
    /// The ids in its blocks that a filter may be true of; those that had no answer then are among them. What it says of texts was
    /// looked up in the index of texts, and may not stand as it should.
    /// </summary>
    public IEnumerable<long> Find(ExchangeFilter filter, bool oldestFirst)
    {
        var facts = new FactFilter(filter, Names);
        var texts = filter.Search is { } query ? new TextLookup(this, query, new RetentionTrace(log).BodiesGone.Request) : null;
        var found = new List<long>();
        for (var i = 0; i < Blocks.Count; i++)
        {
            found.Clear();
            Find(Blocks[oldestFirst ? i : Blocks.Count - 1 - i], facts, texts, filter, found);
            for (var j = 0; j < found.Count; j++)
            {
                yield return found[oldestFirst ? j : found.Count - 1 - j];
            }
        }
    }

    private void Find(IndexedBlock block, FactFilter facts, TextLookup? texts, ExchangeFilter filter, List<long> found)
    {
        var first = Math.Max(block.FirstId, Math.Max(Span.First, (filter.AfterId ?? 0) + 1));
        var last = Math.Min(block.LastId, Math.Min(Span.Last, (filter.BeforeId ?? long.MaxValue) - 1));
        if (first > last || !facts.MayHave(block))
        {
            return;
        }

        try
        {
            // Not one transaction around all blocks: who asks may take hours between two exchanges.
            Connection.InTransaction("BEGIN", () =>
            {
                Find(block, facts, texts, first, last, found);
                return true;
            });
        }
        catch (Exception error) when (IndexDamage.Is(error))
        {
            // Damaged, or just being dropped: the log tells.
            found.Clear();
            for (var id = first; id <= last; id++)
            {
                found.Add(id);
            }
        }
    }

    private void Find(IndexedBlock block, FactFilter facts, TextLookup? texts, long first, long last, List<long> found)
    {
        Span<bool> marks = stackalloc bool[block.Count];
        marks.Fill(true);
        facts.Apply(block, Reader, marks);
        var outcomes = Reader.Read(block, FactColumn.Outcome);
        for (var i = 0; i < marks.Length; i++)
        {
            if ((marks[i] || outcomes[i] == 0) && block.FirstId + i is var id && id >= first && id <= last && texts?.MayHave(id) != false)
            {
                found.Add(id);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Reader.Dispose();
        index.Dispose();
    }
}
