using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProviderRouter.Storage.Sqlite.Raw;

/// <summary>
/// A prepared statement over SQLite's own interface (https://sqlite.org/c3ref/stmt.html), for where rows pass by the million:
/// no boxing, no strings made on the way. Places of parameters and columns count from 0.
/// </summary>
internal sealed class RawStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    /// <param name="connection">An open connection, which must outlive this.</param>
    /// <param name="sql">One statement.</param>
    public RawStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        // 1: SQLITE_PREPARE_PERSISTENT, kept for long (https://sqlite.org/c3ref/prepare.html).
        Check(raw.sqlite3_prepare_v3(database, sql, 1, out statement));
    }

    /// <summary>Sets a parameter to a number, or to NULL.</summary>
    public void Bind(int place, long? value) =>
        Check(value is { } number ? raw.sqlite3_bind_int64(statement, place + 1, number) : raw.sqlite3_bind_null(statement, place + 1));

    /// <summary>Sets a parameter to text in UTF-8.</summary>
    public void BindText(int place, ReadOnlySpan<byte> utf8) =>
        // An empty span has no address, which would mean NULL.
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(statement, place + 1, "") : raw.sqlite3_bind_text(statement, place + 1, utf8));

    /// <summary>Sets a parameter to bytes.</summary>
    public void BindBlob(int place, ReadOnlySpan<byte> bytes) =>
        Check(bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, place + 1, 0) : raw.sqlite3_bind_blob(statement, place + 1, bytes));

    /// <summary>Goes to the next row; false when there is none.</summary>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var error = Error(code);
            raw.sqlite3_reset(statement);
            throw error;
        }

        return false;
    }

    /// <summary>Runs it to its end, and makes it ready to run again.</summary>
    public void Run()
    {
        while (Step())
        {
        }

        Reset();
    }

    /// <summary>Makes it ready to run again. Its parameters keep their values.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    /// <summary>How many columns a row has.</summary>
    public int ColumnCount => raw.sqlite3_column_count(statement);

    /// <summary>The type of a column in this row (https://sqlite.org/c3ref/c_blob.html).</summary>
    public int TypeOf(int column) => raw.sqlite3_column_type(statement, column);

    /// <summary>True when a column is NULL in this row.</summary>
    public bool IsNull(int column) => TypeOf(column) == raw.SQLITE_NULL;

    /// <summary>A column as a number; 0 for NULL.</summary>
    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>A column's text or bytes, until the next step; empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>A column as a string; empty for NULL.</summary>
    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Error(code);
        }
    }

    private SqliteException Error(int code) =>
        new($"SQLite Error {code}: '{raw.sqlite3_errmsg(database).utf8_to_string()}'.", code & 0xFF, raw.sqlite3_extended_errcode(database));

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();
}
