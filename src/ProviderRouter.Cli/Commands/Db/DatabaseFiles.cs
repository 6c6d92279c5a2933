using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Db;

/// <summary>What the data takes on the disk, file by file, in bytes; 0 for a file that is not there.</summary>
/// <param name="Database">The database.</param>
/// <param name="Wal">What was written last, beside it.</param>
/// <param name="Index">The index for questions to the log.</param>
/// <param name="Spool">Records that wait to be written to it.</param>
/// <param name="Secret">What decrypts the keys of providers.</param>
internal sealed record DatabaseFiles(long Database, long Wal, long Index, long Spool, long Secret)
{
    public static DatabaseFiles Of(SqliteDatabase database)
    {
        var index = database.IndexPath;
        return new DatabaseFiles(
            SizeOf(database.Path), SizeOf($"{database.Path}-wal"), SizeOf(index) + SizeOf($"{index}-wal"), database.MeasureDisk().Spool,
            SizeOf(database.Vault.Path));
    }

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;
}
