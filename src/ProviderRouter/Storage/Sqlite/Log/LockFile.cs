namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>
/// A file that one process alone has open. The system lets go of it when the process ends, however it ends.
/// </summary>
internal sealed class LockFile : IDisposable
{
    private readonly FileStream file;

    private LockFile(FileStream file) => this.file = file;

    /// <summary>Takes it; null when somebody has it.</summary>
    public static LockFile? TryTake(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new LockFile(new FileStream(path, options));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

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
