using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;
using SQLitePCL;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>Walks along one of the chain's tables.</summary>
internal sealed class ChainCursor : IDisposable
{
    private readonly RawStatement rows;
    private readonly StoredPieces pieces;
    private readonly RowDigest digest = new();
    private readonly byte[] hash = new byte[RowDigest.Size];

    /// <param name="connection">An open connection.</param>
    /// <param name="table">The table.</param>
    /// <param name="pieces">What headers are made of.</param>
    /// <param name="at">Only the rows that say they stand at this place; null for all, in the table's order.</param>
    public ChainCursor(SqliteConnection connection, ChainTables table, StoredPieces pieces, long? at = null)
    {
        Table = table;
        Columns = new ChainColumns(table);
        this.pieces = pieces;
        rows = new RawStatement(connection, at is null ? table.SelectAll : table.SelectAt);
        if (at is not null)
        {
            rows.Bind(0, at);
        }

        Move();
    }

    /// <summary>The table.</summary>
    public ChainTables Table { get; }

    /// <summary>Where its columns stand.</summary>
    public ChainColumns Columns { get; }

    /// <summary>True after the last row.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The place in the chain of the row that it stands at.</summary>
    public long Place { get; private set; }

    /// <summary>The row that it stands at.</summary>
    public RawStatement Row => rows;

    /// <summary>The hash that the row bears.</summary>
    public ReadOnlySpan<byte> StoredHash => rows.Bytes(Columns.Hash);

    /// <summary>Goes to the next row.</summary>
    public void Move()
    {
        HasEnded = !rows.Step();
        Place = HasEnded ? 0 : rows.Integer(0);
    }

    /// <summary>True when the row bears the hash that its content gives after the row with this hash.</summary>
    /// <param name="before">The hash of the row before.</param>
    /// <param name="place">The place that it is taken to stand at; null for the one that it says.</param>
    public bool Follows(ReadOnlySpan<byte> before, long? place = null)
    {
        digest.Begin(Table.Letter, before);
        for (var column = 0; column < Columns.Hash; column++)
        {
            if (column == 0 && place is { } other)
            {
                digest.Add(other);
            }
            else if (!(column == Columns.HeadersPiece ? AddPiece(column) : column >= Columns.Later ? AddLater(column) : Add(column)))
            {
                return false;
            }
        }

        digest.End(hash);
        return StoredHash.SequenceEqual(hash);
    }

    private bool AddPiece(int column)
    {
        var isThere = pieces.TryFind(rows.Integer(column), out var piece) && rows.TypeOf(column) == raw.SQLITE_INTEGER;
        digest.Add(piece);
        return isThere;
    }

    /// <summary>False for a type that no later column has.</summary>
    private bool AddLater(int column)
    {
        var value = rows.Value(column);
        if (value.Type == raw.SQLITE_TEXT)
        {
            digest.AddLater(column - Columns.Later, value.Bytes);
        }

        return value.Type is raw.SQLITE_TEXT or raw.SQLITE_NULL;
    }

    /// <summary>False for a type that no column of the log has: a number with a fraction.</summary>
    private bool Add(int column)
    {
        var value = rows.Value(column);
        switch (value.Type)
        {
            case raw.SQLITE_INTEGER:
                digest.Add(value.Integer);
                return true;
            case raw.SQLITE_TEXT:
                digest.AddText(value.Bytes);
                return true;
            case raw.SQLITE_BLOB:
                digest.AddBlob(value.Bytes);
                return true;
            case raw.SQLITE_NULL:
                digest.AddNull();
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();
}
