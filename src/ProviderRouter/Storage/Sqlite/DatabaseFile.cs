using Microsoft.Data.Sqlite;
using ProviderRouter.Configuration;
using SQLitePCL;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>The database as a file: made for its owner alone, and explained when it cannot be used.</summary>
internal static class DatabaseFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Creates folder and file where they are missing. SQLite gives its -wal and -shm files the mode of the database, so
    /// making this one for its owner alone is enough.
    /// </summary>
    public static void Create(DataFolder folder)
    {
        if (File.Exists(folder.DatabasePath))
        {
            return;
        }

        if (HasLogBeside(folder.DatabasePath))
        {
            throw new SetUpException($"The database {folder.DatabasePath} is gone, but {folder.DatabasePath}-wal with its last records is there."
                + " Put the database back; or, for a new one, move that file away, too.");
        }

        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder.Path);
        }
        else
        {
            Directory.CreateDirectory(folder.Path, OwnerOnly | UnixFileMode.UserExecute);
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(folder.DatabasePath, options);
    }

    /// <summary>That other users of this machine can read the file, and how to mend that; null when they cannot.</summary>
    public static string? Exposure(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var exposed = new List<string>();
        foreach (var file in new[] { path, $"{path}-wal", $"{path}-shm" })
        {
            if (File.Exists(file) && (File.GetUnixFileMode(file) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None)
            {
                exposed.Add(file);
            }
        }

        return string.Join(' ', exposed) is { Length: > 0 } files
            ? $"Other users of this machine can read what is on record. Mend it with: chmod 600 {files}"
            : null;
    }

    /// <summary>
    /// Fails where an empty file lies in the database's place: SQLite would take the -wal file beside it for a left-over, and
    /// delete it with the records in it.
    /// </summary>
    /// <exception cref="SqliteException">It does.</exception>
    public static void RefuseEmpty(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 } && HasLogBeside(path))
        {
            throw new SqliteException("An empty file lies where the database was.", raw.SQLITE_NOTADB);
        }
    }

    private static bool HasLogBeside(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    /// <summary>What a failure to open means, and what to do about it.</summary>
    /// <remarks>Codes: https://sqlite.org/rescode.html</remarks>
    public static string Explain(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        26 => $"{path} is not a database; it was left as it is. Move it away, or choose another folder with --data DIR.",
        11 => $"The database {path} is damaged; it was left as it is. Restore a copy, or choose another folder with --data DIR.",
        5 or 6 => $"The database {path} is locked by another program. End that program, then try again.",
        13 => $"The disk that holds {path} is full. Make room, or choose another folder with --data DIR.",
        8 => $"The database {path} cannot be written. Check who owns it and its folder, or choose another folder with --data DIR.",
        14 => $"The database {path} cannot be opened. Check who owns it and its folder, or choose another folder with --data DIR.",
        _ => $"The database {path} cannot be used: {error.Message.TrimEnd('.')}. Choose another folder with --data DIR if need be.",
    };

    /// <summary>True when a connection gets over a failure by itself: another's lock, a full disk.</summary>
    public static bool IsPassing(SqliteException error) => error.SqliteErrorCode is 5 or 6 or 13;

    /// <summary>
    /// True when a failure to open means that the file lies where nothing can be written, and nobody writes to it: then it can be
    /// read as it is.
    /// </summary>
    public static bool IsCopyToRead(SqliteException error, string path) =>
        error.SqliteErrorCode is 8 or 14 && File.Exists(path) && !File.Exists($"{path}-wal");

    /// <summary>The name by which SQLite opens such a file (https://sqlite.org/uri.html#uriimmutable).</summary>
    public static string AsCopyToRead(string path) => $"{new Uri(path).AbsoluteUri}?immutable=1";

    /// <summary>True when a failure is about the database as a whole, and not about what was to be written.</summary>
    /// <remarks>Permission, busy, locked, no memory, read-only, interrupted, I/O, corrupt, full, cannot open, protocol, not a database.</remarks>
    public static bool IsAboutTheDatabase(SqliteException error) => error.SqliteErrorCode is 3 or (>= 5 and <= 11) or 13 or 14 or 15 or 26;
}
