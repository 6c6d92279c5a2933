using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>
/// The index of the log: a database of its own beside it, <c>provider-router.index.db</c>, made from the log alone. It may be behind the
/// log, and it may be deleted: what it does not have is read from the log itself. It is apart so that nobody who writes to the log
/// waits for it, and so that the log stays small.
/// </summary>
internal sealed class LogIndex : IDisposable
{
    /// <summary>Counted up when the tables or their content change; an index of another version is made anew.</summary>
    public const int Version = 3;

    /// <summary>How many exchanges a block has: those with the ids from (block × size + 1) on.</summary>
    public const int BlockSize = 4096;

    /// <summary>How many blocks share an index of texts.</summary>
    public const int BlocksInPart = 16;

    private const string Schema =
        """
        CREATE TABLE names (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE blocks (
            block    INTEGER PRIMARY KEY,
            count    INTEGER NOT NULL,      -- exchanges in it, the first ones of its ids
            first_us INTEGER NOT NULL,      -- when the first of them came in, whichever that is, and the last
            last_us  INTEGER NOT NULL,
            proof    BLOB NOT NULL          -- hash of the last one's request in the log, by which its log is known
        ) STRICT;
        CREATE TABLE columns (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;   -- id: block * 16 + column
        CREATE TABLE open (id INTEGER PRIMARY KEY) STRICT;                          -- exchanges in blocks that had no answer then
        CREATE TABLE parts (
            part     INTEGER PRIMARY KEY,   -- texts_<part> has their words
            through  INTEGER NOT NULL,      -- the last exchange whose texts are in it
            is_whole INTEGER NOT NULL,      -- 1: all that it will ever have
            proof    BLOB NOT NULL          -- hash of that last one's request in the log
        ) STRICT;
        CREATE TABLE open_texts (id INTEGER PRIMARY KEY) STRICT;                    -- exchanges whose answer's texts are not in it yet
        CREATE TABLE prompts (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;   -- of requests that take long to read
        CREATE TABLE bodies_gone (through INTEGER NOT NULL) STRICT;                 -- the last exchange without bodies that the index knows of
        CREATE TABLE answers_left (id INTEGER PRIMARY KEY) STRICT;                  -- of those without bodies, the exchanges whose answer is still there
        INSERT INTO bodies_gone VALUES (0);
        """;

    private LogIndex(SqliteConnection connection) => Connection = connection;

    /// <summary>The file's path.</summary>
    /// <param name="databasePath">The path of the log's database.</param>
    public static string PathOf(string databasePath) => System.IO.Path.ChangeExtension(databasePath, ".index.db");

    /// <summary>The connection to it.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Opens it to be read; null where there is none of this version that can be.</summary>
    public static LogIndex? TryOpen(string databasePath)
    {
        var path = PathOf(databasePath);
        if (!File.Exists(path))
        {
            return null;
        }

        var index = new LogIndex(Connect(path));
        try
        {
            index.Connection.Open();
            // A reader maps the file: a question over all of the log reads much of it.
            index.Connection.ExecuteAtOnce("PRAGMA busy_timeout = 200; PRAGMA mmap_size = 1073741824; PRAGMA query_only = 1");
            if (index.Connection.Scalar<long>("PRAGMA user_version") == Version)
            {
                return index;
            }
        }
        catch (SqliteException)
        {
            // The log itself answers then.
        }

        index.Dispose();
        return null;
    }

    /// <summary>Opens it to be written, and makes it anew where it is not of this version or this log, or damaged.</summary>
    /// <exception cref="SqliteException">It cannot be written.</exception>
    public static LogIndex OpenToWrite(string databasePath, Predicate<SqliteConnection> isOfThisLog)
    {
        var path = PathOf(databasePath);
        return TryOpenToWrite(path, isOfThisLog) ?? Make(path);
    }

    /// <summary>Makes an empty one in its place. Who reads the old one may go on.</summary>
    /// <exception cref="SqliteException">It cannot be written.</exception>
    public static LogIndex Make(string path)
    {
        CreateFile(path);
        var index = new LogIndex(Connect(path));
        index.Connection.Open();
        index.Connection.ExecuteAtOnce("PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
        Configure(index.Connection);
        index.Connection.ExecuteAtOnce($"BEGIN; {Schema} PRAGMA user_version = {Version}; COMMIT");
        return index;
    }

    private static void CreateFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            Array.ForEach([path, $"{path}-wal", $"{path}-shm"], File.Delete);
            new FileStream(path, options).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // 14: SQLITE_CANTOPEN, as if SQLite had tried.
            throw new SqliteException(error.Message, 14);
        }
    }

    private static LogIndex? TryOpenToWrite(string path, Predicate<SqliteConnection> isOfThisLog)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var index = new LogIndex(Connect(path));
        try
        {
            index.Connection.Open();
            Configure(index.Connection);
            if (index.Connection.Scalar<long>("PRAGMA user_version") == Version && isOfThisLog(index.Connection))
            {
                return index;
            }
        }
        catch (SqliteException error) when (error.SqliteErrorCode is 1 or 11 or 26)
        {
            // Damaged: a new one is made.
        }

        index.Dispose();
        return null;
    }

    private static void Configure(SqliteConnection connection) =>
        connection.ExecuteAtOnce("PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384");

    private static SqliteConnection Connect(string path) => new(new SqliteConnectionStringBuilder
    {
        DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5,
    }.ConnectionString);

    /// <inheritdoc/>
    public void Dispose() => Connection.Dispose();
}
