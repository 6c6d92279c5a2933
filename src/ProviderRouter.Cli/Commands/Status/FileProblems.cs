using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Status;

/// <summary>What is wrong with the files of the data.</summary>
internal static class FileProblems
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Files that others than their owner may read or write: what went through the router is in them, or opens its keys.</summary>
    /// <param name="isServed">True when a server runs: then the -wal file is there to stay.</param>
    public static IEnumerable<StatusProblem> In(SqliteDatabase database, bool isServed)
    {
        if (!OperatingSystem.IsWindows())
        {
            var open = Files(database, isServed).Where(IsOpenToOthers).ToList();
            if (open.Count > 0)
            {
                yield return new(
                    $"Others on this machine may read or write {string.Join(" and ", open)}.", $"chmod 600 {string.Join(' ', open.Select(ShellWord.From))}");
            }
        }
    }

    private static IEnumerable<string> Files(SqliteDatabase database, bool isServed) =>
        isServed ? [database.Path, $"{database.Path}-wal", database.Vault.Path] : [database.Path, database.Vault.Path];

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool IsOpenToOthers(string path)
    {
        try
        {
            return (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
