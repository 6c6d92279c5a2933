using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;
using SQLitePCL;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>Walks along one of the chain's tables.</summary>
internal sealed class ChainCursor : IDisposable
{
    private readonly RawStatement rows;
    private readonly ChainTables table;
    private readonly StoredPieces pieces;
    private readonly RowDigest digest = new();
    private readonly int piecePlace;

    public ChainCursor(SqliteConnection connection, ChainTables table, StoredPieces pieces)
    {
        this.table = table;
        this.pieces = pieces;
        rows = new RawStatement(connection, table.SelectAll);
        piecePlace = table.PlaceOf(ChainTables.HeadersPiece);
        Move();
    }

    /// <summary>The table.</summary>
    public ChainTables Table => table;

    /// <summary>The place of the row that it stands at; null after the last.</summary>
    public long? Place { get; private set; }

    /// <summary>The row that it stands at.</summary>
    public RawStatement Row => rows;

    /// <summary>The hash that the row bears.</summary>
    public ReadOnlySpan<byte> StoredHash => rows.Bytes(table.Covered.Length);

    /// <summary>Goes to the next row.</summary>
    public void Move() => Place = rows.Step() ? rows.Integer(0) : null;

    /// <summary>The column of this name.</summary>
    public int Column(string name) => table.PlaceOf(name) is >= 0 and var place ? place
        : table.Covered.Length + 1 + Array.IndexOf(table.Beside, name);

    /// <summary>The hash that the row should bear after the one with this hash; null when its headers are not what they were.</summary>
    public byte[]? HashAfter(ReadOnlySpan<byte> before)
    {
        digest.Begin(table.Letter, before);
        for (var column = 0; column < table.Covered.Length; column++)
        {
            if (column == piecePlace)
            {
                if (pieces[rows.Integer(column)] is not { } hash)
                {
                    return null;
                }

                digest.Add(hash);
                continue;
            }

            Add(column);
        }

        return digest.End();
    }

    private void Add(int column)
    {
        switch (rows.TypeOf(column))
        {
            case raw.SQLITE_INTEGER:
                digest.Add(rows.Integer(column));
                break;
            case raw.SQLITE_TEXT:
                digest.AddText(rows.Bytes(column));
                break;
            case raw.SQLITE_BLOB:
                digest.AddBlob(rows.Bytes(column));
                break;
            default:
                digest.AddNull();
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();
}
