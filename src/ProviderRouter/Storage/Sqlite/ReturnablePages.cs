using Microsoft.Data.Sqlite;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>
/// Whether free pages of a database can go back to the file system in steps (https://sqlite.org/pragma.html#pragma_auto_vacuum).
/// A new file is made so; one that was made otherwise has to be written anew.
/// </summary>
internal static class ReturnablePages
{
    private const long Incremental = 2;

    /// <summary>True when they can.</summary>
    public static bool Are(SqliteConnection connection) => connection.Scalar<long>("PRAGMA auto_vacuum") == Incremental;

    /// <summary>Asks for it in a file that is still empty.</summary>
    public static void Choose(SqliteConnection connection) => connection.Execute("PRAGMA auto_vacuum = INCREMENTAL");

    /// <summary>Writes the whole file anew, while others wait. Does nothing where the disk has no room for that, or another program writes.</summary>
    public static void TryMake(SqliteConnection connection)
    {
        try
        {
            Choose(connection);
            connection.Execute("VACUUM");
        }
        catch (SqliteException error) when (error.SqliteErrorCode is 5 or 6 or 13)
        {
            // Retention tries again when it comes to it.
        }
    }
}
