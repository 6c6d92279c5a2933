using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProviderRouter.Storage.Sqlite.Raw;

/// <summary>
/// A prepared statement over SQLite's own interface (https://sqlite.org/c3ref/stmt.html), for where rows pass by the million:
/// no boxing, no strings made on the way. Places of parameters and columns count from 0.
/// </summary>
internal sealed unsafe class RawStatement : IDisposable
{
    /// <summary>SQLITE_TRANSIENT: SQLite makes its own copy.</summary>
    private const nint Copy = -1;

    private static readonly byte[] Something = new byte[1];

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly nint handle;

    /// <param name="connection">An open connection, which must outlive this.</param>
    /// <param name="sql">One statement.</param>
    public RawStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        // 1: SQLITE_PREPARE_PERSISTENT, kept for long (https://sqlite.org/c3ref/prepare.html).
        Check(raw.sqlite3_prepare_v3(database, sql, 1, out statement));
        handle = statement.DangerousGetHandle();
    }

    /// <summary>Sets a parameter to a number, or to NULL.</summary>
    public void Bind(int place, long? value) => Check(value is { } number
        ? NativeSqlite.sqlite3_bind_int64(handle, place + 1, number)
        : NativeSqlite.sqlite3_bind_null(handle, place + 1));

    /// <summary>Sets a parameter to text in UTF-8.</summary>
    public void BindText(int place, ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, which would mean NULL.
        fixed (byte* text = utf8.IsEmpty ? Something : utf8)
        {
            Check(NativeSqlite.sqlite3_bind_text(handle, place + 1, text, utf8.Length, Copy));
        }
    }

    /// <summary>Sets a parameter to bytes.</summary>
    public void BindBlob(int place, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* blob = bytes.IsEmpty ? Something : bytes)
        {
            Check(NativeSqlite.sqlite3_bind_blob(handle, place + 1, blob, bytes.Length, Copy));
        }
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public bool Step()
    {
        var code = NativeSqlite.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var error = Error(code);
            Reset();
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
    public void Reset() => _ = NativeSqlite.sqlite3_reset(handle);

    /// <summary>The type of a column in this row (https://sqlite.org/c3ref/c_blob.html).</summary>
    public int TypeOf(int column) => NativeSqlite.sqlite3_column_type(handle, column);

    /// <summary>True when a column is NULL in this row.</summary>
    public bool IsNull(int column) => TypeOf(column) == raw.SQLITE_NULL;

    /// <summary>A column as a number; 0 for NULL.</summary>
    public long Integer(int column) => NativeSqlite.sqlite3_column_int64(handle, column);

    /// <summary>A column's text or bytes, until the next step; empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        var bytes = NativeSqlite.sqlite3_column_blob(handle, column);
        return new(bytes, bytes is null ? 0 : NativeSqlite.sqlite3_column_bytes(handle, column));
    }

    /// <summary>A column as it is stored, until the next step.</summary>
    public RawValue Value(int column) => new(NativeSqlite.sqlite3_column_value(handle, column));

    /// <summary>A column as a string; empty for NULL.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

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
