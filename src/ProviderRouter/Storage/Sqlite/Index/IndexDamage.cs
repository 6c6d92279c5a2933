using Microsoft.Data.Sqlite;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>What comes of reading an index that is damaged, or is being made anew: the log is read instead.</summary>
internal static class IndexDamage
{
    /// <summary>SQLITE_CORRUPT (https://sqlite.org/rescode.html).</summary>
    private const int Corrupt = 11;

    /// <summary>True of an error that numbers from a damaged file lead to; where the log is damaged, reading that fails again.</summary>
    public static bool Is(Exception error) => error is SqliteException or InvalidDataException or IndexOutOfRangeException or ArgumentException;

    /// <summary>The same as SQLite says it.</summary>
    public static SqliteException Error(string what) => new(what, Corrupt);
}
