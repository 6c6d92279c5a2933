using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>Says that somebody prunes, so that a second one need not. Two at once would do no harm.</summary>
internal static class PruningLock
{
    /// <summary>Takes it; null when somebody has it.</summary>
    public static IDisposable? TryTake(string databasePath) => LockFile.TryTake($"{databasePath}-prune");
}
