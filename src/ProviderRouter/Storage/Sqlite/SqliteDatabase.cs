using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Export;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite.Copying;
using ProviderRouter.Storage.Sqlite.Exchange;
using ProviderRouter.Storage.Sqlite.Log;
using ProviderRouter.Storage.Sqlite.Raw;
using ProviderRouter.Storage.Sqlite.Retention;
using ProviderRouter.Storage.Sqlite.Status;
using ProviderRouter.Storage.Sqlite.Verification;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>
/// The database file that both programs share. Opening it creates and migrates it when that is needed, whichever program
/// comes first; a file that is not ours is refused and left as it is.
/// </summary>
public sealed partial class SqliteDatabase
{
    private readonly TimeProvider time;
    private bool isCopyToRead;

    static SqliteDatabase() => NativeSqlite.Configure();

    private SqliteDatabase(DataFolder folder, TimeProvider time, string? path = null)
    {
        Path = path ?? folder.DatabasePath;
        Vault = new KeyVault(folder);
        this.time = time;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>What decrypts the keys of providers that are stored in it.</summary>
    public KeyVault Vault { get; }

    /// <summary>That other users of this machine can read it, and how to mend that; null when they cannot, or this is not known.</summary>
    public string? Exposure => DatabaseFile.Exposure(Path);

    /// <summary>How long a statement waits for another process's lock before it fails.</summary>
    public static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Opens the database in this folder, and creates or migrates it first where that is due.</summary>
    /// <exception cref="SetUpException">The file cannot be used; the message says why and what to do.</exception>
    public static SqliteDatabase Open(DataFolder folder, TimeProvider time) => Open(folder, new SqliteDatabase(folder, time));

    private static SqliteDatabase Open(DataFolder folder, SqliteDatabase database)
    {
        try
        {
            DatabaseFile.Create(folder);
            using var connection = database.Connect();
            SchemaMigrator.Migrate(connection, database.Path, database.time);
            return database;
        }
        catch (SqliteException error) when (!database.isCopyToRead && DatabaseFile.IsCopyToRead(error, database.Path))
        {
            database.isCopyToRead = true;
            return Open(folder, database);
        }
        catch (SqliteException error)
        {
            throw Explain(error, database.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SetUpException(
                $"The data folder {folder.Path} cannot be used: {error.Message.TrimEnd('.')}. "
                + "Choose another with --data DIR or PROVIDER_ROUTER_DATA.", error);
        }
    }

    /// <summary>What a failure means, and what to do about it, as the error that both programs print.</summary>
    public static SetUpException Explain(SqliteException error, string path) => new(DatabaseFile.Explain(error, path), error);

    /// <summary>A new connection: foreign keys on, every commit synced to the disk. The caller disposes of it.</summary>
    /// <param name="busyTimeout">How long to wait for another's lock; default: <see cref="BusyTimeout"/>.</param>
    public SqliteConnection Connect(TimeSpan? busyTimeout = null)
    {
        var wait = busyTimeout ?? BusyTimeout;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = isCopyToRead ? DatabaseFile.AsCopyToRead(Path) : Path,
            Mode = SqliteOpenMode.ReadWrite,
            // Each connection here lives as long as its user; a pool would only keep the file open behind their backs.
            Pooling = false,
            // The library's own waiting on top of SQLite's, in whole seconds; 0 would mean for ever.
            DefaultTimeout = Math.Max(1, (int)wait.TotalSeconds),
        }.ConnectionString);
        try
        {
            DatabaseFile.RefuseEmpty(Path);
            connection.Open();
            // What is removed is overwritten where its page stays in use, so that nothing of a removed body is left in the file.
            connection.ExecuteAtOnce(
                $"PRAGMA busy_timeout = {(int)wait.TotalMilliseconds}; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA secure_delete = FAST");
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The active provider and the list of providers, over a connection of their own.</summary>
    public ProviderStore OpenProviders(TimeSpan? busyTimeout = null) => new(Connect(busyTimeout), time);

    /// <summary>The settings, over a connection of their own.</summary>
    public SettingStore OpenSettings(TimeSpan? busyTimeout = null) => new(Connect(busyTimeout), time);

    /// <summary>The keys of the router's clients, over a connection of their own.</summary>
    public ClientKeyStore OpenClientKeys(TimeSpan? busyTimeout = null) => new(Connect(busyTimeout), time);

    /// <summary>Providers and settings together, over a connection of their own.</summary>
    public ConfigurationStore OpenConfiguration() => new(Connect(), time);

    /// <summary>Whether settings were changed, over a connection of its own.</summary>
    public SettingsVersion OpenSettingsVersion(TimeSpan? busyTimeout = null) => new(Connect(busyTimeout));

    /// <summary>The questions that the log answers, over a connection of their own.</summary>
    public AuditLogReader OpenLog() => new(Connect(), Path);

    /// <summary>The log as a server writes it, over a connection of its own. What a killed server left is marked first.</summary>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public SqliteAuditLog OpenLogForAppending()
    {
        MarkInterrupted();
        return new SqliteAuditLog(this, time);
    }

    /// <summary>Walks along the log's chain, and tells what is wrong with it.</summary>
    /// <param name="since">A head that was kept elsewhere, which must still be there; null for none.</param>
    /// <param name="progress">Called now and then with what is done and what there is, in rows and pieces of bodies.</param>
    /// <param name="cancellation">Ends it.</param>
    public VerifyReport Verify(ChainHead? since, Action<long, long> progress, CancellationToken cancellation = default)
    {
        using var connection = Connect();
        using var file = new FileCheck(Connect());
        return new ChainVerifier(connection, since, new VerifyProgress(progress, cancellation)).Run(file, time);
    }

    /// <summary>The end of the log's chain.</summary>
    public ChainHead ReadHead()
    {
        using var connection = Connect();
        return ChainEnd.Read(connection);
    }

    /// <summary>The exchanges with all that is on record of them, over a connection of their own.</summary>
    public ExchangeReader OpenExchanges() => new(Connect());

    /// <summary>Brings an export into this log, which must be empty: all of it, or nothing.</summary>
    /// <param name="file">The export, at its beginning.</param>
    /// <param name="isDryRun">True to take it back in the end.</param>
    /// <param name="progress">Called after each exchange.</param>
    /// <param name="cancellation">Ends it, and takes back what was done.</param>
    /// <exception cref="SetUpException">The log is not empty, a server runs, or a line is wrong.</exception>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public ImportedLog Import(LogFile file, bool isDryRun, Action<LogFile> progress, CancellationToken cancellation) =>
        new LogImport(this, time, progress, cancellation).Run(file, isDryRun);

    /// <summary>Copies the database as it is at this moment, beside servers that write.</summary>
    /// <param name="file">A file that is empty, held open; others must be let write to it.</param>
    /// <param name="progress">Called after each step.</param>
    /// <param name="cancellation">Ends it; the copy is not whole then.</param>
    /// <returns>The copy, which is synced to the disk.</returns>
    /// <exception cref="SqliteException">The database cannot be read, or the copy not be written.</exception>
    public SqliteDatabase CopyTo(FileStream file, Action<BackupProgress> progress, CancellationToken cancellation)
    {
        new DatabaseCopy(this).Write(file, progress, cancellation);
        return new SqliteDatabase(new DataFolder(System.IO.Path.GetDirectoryName(file.Name)!), time, file.Name) { isCopyToRead = true };
    }

    /// <summary>What is in the database, and what it takes.</summary>
    /// <param name="isFull">True to read all of it; else a sample tells how much the parts take.</param>
    public DatabaseFacts Measure(bool isFull)
    {
        using var connection = Connect();
        return new DatabaseMeasure(connection, isFull).Read();
    }

    /// <summary>Removes what these settings let go, in small steps, beside servers that write.</summary>
    /// <param name="retention">What may go.</param>
    /// <param name="progress">Called after each step.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <returns>What was removed; null when somebody else prunes at the moment.</returns>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    /// <exception cref="SetUpException">The log was tampered with where something was to be removed.</exception>
    public PruneReport? Prune(RetentionSettings retention, Action<PruneProgress> progress, CancellationToken cancellation)
    {
        using var mine = PruningLock.TryTake(Path);
        if (mine is null)
        {
            return null;
        }

        try
        {
            MarkInterrupted();
            using var pruning = new Pruning(this, time, progress, cancellation);
            return pruning.Run(retention);
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            throw new SetUpException($"The log was tampered with, and nothing more was removed: {error.Message} See provider-cli verify", error);
        }
        finally
        {
            ForgetInIndex();
        }
    }

    /// <summary>What <see cref="Prune"/> would remove.</summary>
    public PruneReport PruneDryRun(RetentionSettings retention, CancellationToken cancellation)
    {
        using var log = new RetentionConnection(this, time);
        return new DryRun(log, cancellation).Run(retention);
    }

    /// <summary>True when there is enough to remove for a server to do so.</summary>
    public bool IsPruningDue(RetentionSettings retention)
    {
        using var connection = Connect();
        return PruningDue.Is(connection, retention, time.GetUtcNow());
    }

    /// <summary>What the data takes on the disk at this moment.</summary>
    public DiskUse MeasureDisk()
    {
        using var settings = OpenSettings();
        return DiskUse.Of(new DataFolder(System.IO.Path.GetDirectoryName(Path)!), settings.Read().Settings.Audit.SpoolFolder);
    }

    /// <summary>Where the servers listen that run, the latest first; also those that were killed and are not marked yet.</summary>
    public IReadOnlyList<string> ServerUrls()
    {
        using var connection = Connect();
        using var command = connection.Prepare("SELECT url FROM runs WHERE url IS NOT NULL ORDER BY id DESC");
        using var reader = command.ExecuteReader();
        var urls = new List<string>();
        while (reader.Read())
        {
            urls.Add(reader.GetString(0));
        }

        return urls;
    }

    /// <summary>Notes where the server of a run listens, so that the command line can ask it how it does.</summary>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    internal void NoteUrl(long run, string url)
    {
        using var connection = Connect(TimeSpan.FromMilliseconds(500));
        using var command = connection.Prepare("UPDATE runs SET url = $url WHERE id = $run", "$url", "$run");
        command.Set(0, url);
        command.Set(1, run);
        command.ExecuteNonQuery();
    }

    /// <summary>Marks the requests that a killed server left unanswered.</summary>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public void MarkInterrupted() => InterruptedRuns.Mark(this, time);

    /// <summary>True when a failure is about the database as a whole (locked, full, damaged), and not about one row.</summary>
    internal static bool IsAboutTheDatabase(SqliteException error) => DatabaseFile.IsAboutTheDatabase(error);
}
