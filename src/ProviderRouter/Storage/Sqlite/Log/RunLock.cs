namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>Says that a server's run lives: its process has a file open that nobody else can open then.</summary>
internal static class RunLock
{
    /// <summary>Takes the lock of a run.</summary>
    public static LockFile Take(string databasePath, long run) => TryTake(databasePath, run)
        ?? throw new SetUpException($"The file {PathOf(databasePath, run)} is in use by another program. End that, then try again.");

    /// <summary>Takes the lock of a run that is over; null when it is not.</summary>
    public static LockFile? TryTake(string databasePath, long run) => LockFile.TryTake(PathOf(databasePath, run));

    private static string PathOf(string databasePath, long run) => $"{databasePath}-run{run}";
}
