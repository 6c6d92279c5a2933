using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Options;

/// <summary>A file that a command makes: written beside as <c>FILE.part</c>, for its owner alone, and only given its name when it is whole.</summary>
internal static class OutputFile
{
    /// <summary>What it is called until it is whole.</summary>
    public static string PartOf(string path) => path + ".part";

    /// <summary>Why it cannot be made; null when it can.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="isForced">True to replace what is there.</param>
    /// <param name="database">The database at hand, whose files are no place for it.</param>
    public static string? Problem(string path, bool isForced, SqliteDatabase database) =>
        Directory.Exists(path) ? $"{KeyLike.Show(path)} is a folder. Name a file in it."
        : !Directory.Exists(Path.GetDirectoryName(path)) ? $"There is no folder {KeyLike.Show(Path.GetDirectoryName(path) ?? path)}. Make it first, or name another file."
        // An open database, be it this one by whatever name.
        : File.Exists(path + "-wal") || File.Exists(path + "-shm") ? $"{KeyLike.Show(path)} is a database in use. Name another file."
        : path == database.Path || path == database.IndexPath || path == database.Vault.Path ? $"{KeyLike.Show(path)} is the router's own file. Name another file."
        : File.Exists(path) && !isForced ? $"{KeyLike.Show(path)} is there already. Name another file, or replace it with --force"
        : null;

    /// <summary>Opens the part, which nobody else may write meanwhile.</summary>
    /// <exception cref="IOException">It cannot be written, or another program writes it.</exception>
    public static FileStream OpenPart(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode, Access = FileAccess.ReadWrite, Share = OperatingSystem.IsWindows() ? FileShare.ReadWrite : FileShare.None, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows() && mode is not FileMode.Open)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(PartOf(path), options);
    }

    /// <summary>Removes a file, if that can be done.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It does no harm, and the next one takes its place.
        }
    }

    /// <summary>What a failure to write says, without its path and full stop.</summary>
    public static string Reason(Exception error)
    {
        var path = error.Message.IndexOf(" : '", StringComparison.Ordinal);
        return (path > 0 ? error.Message[..path] : error.Message).TrimEnd('.');
    }
}
