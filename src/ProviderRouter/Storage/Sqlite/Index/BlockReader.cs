using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>Reads the blocks of the index, each column only where it is asked for.</summary>
internal sealed class BlockReader(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement column = new(connection, "SELECT data FROM columns WHERE id = ?");
    private readonly long[][] loaded = [.. Enum.GetValues<FactColumn>().Select(_ => new long[LogIndex.BlockSize])];
    private readonly long[] loadedFrom = [.. Enum.GetValues<FactColumn>().Select(_ => -1L)];

    /// <summary>All blocks, the oldest first.</summary>
    /// <exception cref="SqliteException">The index is damaged.</exception>
    public static IReadOnlyList<IndexedBlock> List(SqliteConnection connection)
    {
        var blocks = new List<IndexedBlock>();
        using var rows = new RawStatement(connection, "SELECT block, count, first_us, last_us FROM blocks ORDER BY block");
        while (rows.Step())
        {
            if (rows.Integer(1) is < 1 or > LogIndex.BlockSize)
            {
                throw IndexDamage.Error("A block of the index has no size.");
            }

            blocks.Add(new IndexedBlock(rows.Integer(0), (int)rows.Integer(1), rows.Integer(2), rows.Integer(3)));
        }

        return blocks;
    }

    /// <summary>A column of a block, until another block's is read.</summary>
    /// <exception cref="InvalidDataException">It is not there, or too short.</exception>
    public ReadOnlySpan<long> Read(IndexedBlock block, FactColumn name)
    {
        var values = loaded[(int)name].AsSpan(0, block.Count);
        if (loadedFrom[(int)name] != block.Number)
        {
            column.Bind(0, IdOf(block.Number, name));
            try
            {
                PackedColumn.Unpack(column.Step() ? column.Bytes(0) : [], values);
            }
            finally
            {
                column.Reset();
            }

            loadedFrom[(int)name] = block.Number;
        }

        return values;
    }

    /// <summary>Where a column lies.</summary>
    public static long IdOf(long block, FactColumn name) => (block * 16) + (int)name;

    /// <inheritdoc/>
    public void Dispose() => column.Dispose();
}
