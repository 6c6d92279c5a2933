using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Configuration;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>What the data takes on the disk, in bytes.</summary>
/// <param name="Database">The database, and what its <c>-wal</c> file holds that is not in it yet.</param>
/// <param name="Spool">Records that wait in files to be written to it.</param>
public sealed record DiskUse(long Database, long Spool)
{
    internal static DiskUse Of(DataFolder data, string? spoolFolder) => new(
        SizeOf(data.DatabasePath) + SizeOf($"{data.DatabasePath}-wal"), SpoolFiles.Find(data, spoolFolder).Sum(file => SizeOf(file.Path)));

    private static long SizeOf(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is not there, or not any more.
            return 0;
        }
    }
}
