using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>Writes the blocks of the index: what is new in the log, and what had no answer when it was written.</summary>
internal sealed class FactsBuilder(SqliteConnection log, LogIndex index) : IDisposable
{
    /// <summary>Fewer new exchanges than this wait; readers look them up in the log.</summary>
    private const int WorthWriting = 256;

    /// <summary>Stands in <see cref="FactColumn.Replays"/> for one that repeats another, which was not on record then.</summary>
    public const long ReplayOfUnknown = 1;

    private readonly RawStatement rows = new(log,
        """
        SELECT q.id, q.received_at_us, coalesce(a.provider, q.provider), q.model, a.model, q.endpoint, a.status_code, a.outcome, q.client_key,
               a.duration_us, a.first_token_us, a.prompt_tokens, a.completion_tokens, a.cached_tokens,
               CASE WHEN q.replays IS NULL THEN 0 ELSE coalesce((SELECT o.id + 1 FROM audit_requests o WHERE o.request_id = q.replays), 1) END, q.hash
        FROM audit_requests q LEFT JOIN audit_responses a ON a.request = q.id
        WHERE q.id BETWEEN ? AND ? ORDER BY q.id
        """);

    private readonly RawStatement writeBlock = new(index.Connection,
        "INSERT OR REPLACE INTO blocks (block, count, first_us, last_us, proof) VALUES (?, ?, ?, ?, ?)");

    private readonly RawStatement writeColumn = new(index.Connection, "INSERT OR REPLACE INTO columns (id, data) VALUES (?, ?)");
    private readonly RawStatement noteOpen = new(index.Connection, "INSERT OR IGNORE INTO open (id) VALUES (?)");
    private readonly RawStatement forgetOpen = new(index.Connection, "DELETE FROM open WHERE id BETWEEN ? AND ?");
    private readonly IndexNames names = new(index.Connection);
    private readonly long[][] columns = [.. Enum.GetValues<FactColumn>().Select(_ => new long[LogIndex.BlockSize])];

    /// <summary>Stands in <see cref="FactColumn.Replays"/> for one that repeats the exchange with this id.</summary>
    public static long ReplayOf(long id) => id + 1;

    /// <summary>Writes what is due.</summary>
    /// <param name="cancellation">Ends it between two blocks.</param>
    public void CatchUp(CancellationToken cancellation)
    {
        var span = LogSpan.Of(log);
        Forget(span);
        var blocks = BlockReader.List(index.Connection);
        var through = blocks.Count > 0 ? blocks[^1].LastId : span.First - 1;
        foreach (var block in Answered())
        {
            cancellation.ThrowIfCancellationRequested();
            Write(block, Math.Min(through, (block + 1) * LogIndex.BlockSize));
        }

        while (span.Last - through >= WorthWriting)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = IndexedBlock.Of(through + 1);
            through = Math.Min(span.Last, (block + 1) * LogIndex.BlockSize);
            Write(block, through);
        }
    }

    /// <summary>Drops the blocks whose exchanges retention removed.</summary>
    public void Forget() => Forget(LogSpan.Of(log));

    private void Forget(LogSpan span)
    {
        var first = IndexedBlock.Of(span.First);
        index.Connection.Execute(
            $"""
            DELETE FROM blocks WHERE block < {first};
            DELETE FROM columns WHERE id < {BlockReader.IdOf(first, FactColumn.ReceivedUs)};
            DELETE FROM open WHERE id < {span.First};
            """);
    }

    /// <summary>The blocks that have exchanges without an answer which have one now.</summary>
    private HashSet<long> Answered()
    {
        using var open = new RawStatement(index.Connection, "SELECT id FROM open");
        using var answer = new RawStatement(log, "SELECT 1 FROM audit_responses WHERE request = ? LIMIT 1");
        var blocks = new HashSet<long>();
        while (open.Step())
        {
            answer.Bind(0, open.Integer(0));
            if (answer.Step())
            {
                blocks.Add(IndexedBlock.Of(open.Integer(0)));
            }

            answer.Reset();
        }

        return blocks;
    }

    private void Write(long block, long last)
    {
        var first = (block * LogIndex.BlockSize) + 1;
        Array.ForEach(columns, column => Array.Clear(column));
        long firstUs = long.MaxValue, lastUs = long.MinValue;
        byte[] proof = [];
        var open = new List<long>();
        rows.Bind(0, first);
        rows.Bind(1, last);
        index.Connection.InTransaction("BEGIN IMMEDIATE", () =>
        {
            while (rows.Step())
            {
                var id = rows.Integer(0);
                Take((int)(id - first));
                (firstUs, lastUs) = (Math.Min(firstUs, rows.Integer(1)), Math.Max(lastUs, rows.Integer(1)));
                proof = rows.Bytes(15).ToArray();
                if (rows.IsNull(7))
                {
                    open.Add(id);
                }
            }

            rows.Reset();
            if (proof.Length > 0)
            {
                Save(block, (int)(last - first) + 1, firstUs, lastUs, proof, open);
            }

            return true;
        });
    }

    private void Take(int at)
    {
        columns[(int)FactColumn.ReceivedUs][at] = rows.Integer(1);
        Name(FactColumn.Provider, 2);
        Name(FactColumn.Model, 3);
        Name(FactColumn.ResponseModel, 4);
        Name(FactColumn.Endpoint, 5);
        Number(FactColumn.Status, 6);
        Name(FactColumn.Outcome, 7);
        Name(FactColumn.ClientKey, 8);
        Number(FactColumn.DurationUs, 9);
        Number(FactColumn.FirstTokenUs, 10);
        Number(FactColumn.PromptTokens, 11);
        Number(FactColumn.CompletionTokens, 12);
        Number(FactColumn.CachedTokens, 13);
        columns[(int)FactColumn.Replays][at] = rows.Integer(14);

        void Name(FactColumn column, int from) => columns[(int)column][at] = names.Add(rows.IsNull(from) ? null : rows.Text(from));

        void Number(FactColumn column, int from) => columns[(int)column][at] = rows.IsNull(from) ? 0 : rows.Integer(from) + 1;
    }

    private void Save(long block, int count, long firstUs, long lastUs, byte[] proof, List<long> open)
    {
        writeBlock.Bind(0, block);
        writeBlock.Bind(1, count);
        writeBlock.Bind(2, firstUs);
        writeBlock.Bind(3, lastUs);
        writeBlock.BindBlob(4, proof);
        writeBlock.Run();
        for (var column = FactColumn.ReceivedUs; column < FactColumn.Parent; column++)
        {
            writeColumn.Bind(0, BlockReader.IdOf(block, column));
            writeColumn.BindBlob(1, PackedColumn.Pack(columns[(int)column].AsSpan(0, count)));
            writeColumn.Run();
        }

        forgetOpen.Bind(0, (block * LogIndex.BlockSize) + 1);
        forgetOpen.Bind(1, (block + 1) * LogIndex.BlockSize);
        forgetOpen.Run();
        foreach (var id in open)
        {
            noteOpen.Bind(0, id);
            noteOpen.Run();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rows.Dispose();
        writeBlock.Dispose();
        writeColumn.Dispose();
        noteOpen.Dispose();
        forgetOpen.Dispose();
    }
}
