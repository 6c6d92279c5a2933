namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>
/// Says that a server's run lives: a file that its process alone has open. The system lets go of it when the process ends,
/// however it ends.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream file;

    private RunLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock of a run.</summary>
    public static RunLock Take(string databasePath, long run) => TryTake(databasePath, run)
        ?? throw new SetUpException($"The file {PathOf(databasePath, run)} is in use by another program. End that, then try again.");

    /// <summary>Takes the lock of a run that is over; null when it is not.</summary>
    public static RunLock? TryTake(string databasePath, long run)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new RunLock(new FileStream(PathOf(databasePath, run), options));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string PathOf(string databasePath, long run) => $"{databasePath}-run{run}";

    /// <summary>Removes the file and lets go of it.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(file.Name);
        }
        catch (IOException)
        {
            // The folder is gone, and the file with it.
        }

        file.Dispose();
    }
}
