using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProviderRouter.Storage.Sqlite.Raw;

/// <summary>
/// SQLite's own functions (https://sqlite.org/c3ref/funclist.html), from the library that Microsoft.Data.Sqlite brings. A row
/// takes dozens of these calls; the ones marked so return at once, and are called without telling the garbage collector.
/// </summary>
internal static unsafe partial class NativeSqlite
{
    private const string Library = "e_sqlite3";

    /// <summary>Tells SQLite, before it is first used, that each connection is used by one thread at a time.</summary>
    public static void Configure()
    {
        Batteries_V2.Init();
        // Both fail harmlessly where SQLite is in use already: then it locks more than it has to.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>True when a connection's file is not where it was any more; false where that cannot be told, as on Windows.</summary>
    public static bool HasMoved(SqliteConnection connection)
    {
        const int askWhetherMoved = 20;
        var moved = 0;
        // Code 20: SQLITE_FCNTL_HAS_MOVED (https://sqlite.org/c3ref/c_fcntl_begin_atomic_write.html).
        return sqlite3_file_control(connection.Handle!.DangerousGetHandle(), 0, askWhetherMoved, &moved) == raw.SQLITE_OK && moved != 0;
    }

    [LibraryImport(Library)]
    private static partial int sqlite3_file_control(nint database, nint name, int operation, int* answer);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_int64(nint statement, int place, long value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_null(nint statement, int place);

    /// <param name="statement">The statement.</param>
    /// <param name="place">From 1 on.</param>
    /// <param name="text">UTF-8; SQLite makes a copy when <paramref name="release"/> is -1.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="release">-1: SQLITE_TRANSIENT; 0: SQLITE_STATIC.</param>
    [LibraryImport(Library)]
    public static partial int sqlite3_bind_text(nint statement, int place, byte* text, int bytes, nint release);

    [LibraryImport(Library)]
    public static partial int sqlite3_bind_blob(nint statement, int place, byte* blob, int bytes, nint release);

    [LibraryImport(Library)]
    public static partial int sqlite3_step(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_reset(nint statement);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_column_type(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long sqlite3_column_int64(nint statement, int column);

    [LibraryImport(Library)]
    public static partial byte* sqlite3_column_blob(nint statement, int column);

    [LibraryImport(Library)]
    public static partial int sqlite3_column_bytes(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial nint sqlite3_column_value(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_value_type(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long sqlite3_value_int64(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial byte* sqlite3_value_blob(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_value_bytes(nint value);
}
