using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Migrations;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>
/// Brings a database to the schema that this program knows: the numbered .sql files beside this one, each applied once, in
/// one transaction that holds the write lock from its start, so that two programs starting at once take turns.
/// </summary>
internal static class SchemaMigrator
{
    /// <summary>Marks the file as ours (<c>PRAGMA application_id</c>): the letters PRov.</summary>
    private const int ApplicationId = 0x50526F76;

    /// <summary>The migrations' names, in order. Add to the end; never edit one that was released.</summary>
    private static readonly string[] Migrations = ["001_initial.sql", "002_chain.sql", "003_providers.sql", "004_replays.sql"];

    /// <exception cref="SetUpException">The file is of a newer version, or another program's.</exception>
    public static void Migrate(SqliteConnection connection, string path, TimeProvider time)
    {
        if (VersionOf(connection, path) == Migrations.Length)
        {
            return;
        }

        SwitchToWriteAheadLog(connection);
        var before = VersionOf(connection, path);
        for (var done = false; !done;)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            // Read again under the lock: the other program may have been here in between.
            var version = VersionOf(connection, path);
            done = version == Migrations.Length;
            if (!done)
            {
                Apply(connection, version, time);
                transaction.Commit();
            }
        }

        if (before == 1)
        {
            ReturnablePages.TryMake(connection);
        }
    }

    private static void Apply(SqliteConnection connection, int version, TimeProvider time)
    {
        connection.Execute(Read(Migrations[version]));
        if (version == 0)
        {
            connection.Execute($"PRAGMA application_id = {ApplicationId}");
            ProviderStore.InsertBuiltIns(connection, time);
        }
        else if (version == Migrations.Length - 1)
        {
            // Of a database of the first schema; with the columns as they are now.
            FirstSchemaRows.Move(connection, time);
        }

        connection.Execute($"PRAGMA user_version = {version + 1}");
    }

    private static int VersionOf(SqliteConnection connection, string path)
    {
        // In one statement, as of one moment: another program may be making the database just now. The first two stand in the file's
        // first 100 bytes; the last one fails where what follows is damaged.
        using var command = connection.Prepare(
            "SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)");
        using var reader = command.ExecuteReader();
        reader.Read();
        var (version, isOurs, tables) = (reader.GetInt32(0), reader.GetInt64(1) == ApplicationId, reader.GetInt64(2));
        if (!isOurs && (version != 0 || tables != 0))
        {
            throw new SetUpException(
                $"{path} is a database of another program; it was left as it is. Choose another folder with --data DIR.");
        }

        return version <= Migrations.Length ? version : throw new SetUpException(
            $"The database {path} was written by a newer version (schema {version}; this program knows {Migrations.Length}). "
            + "Update this program, or choose another folder with --data DIR.");
    }

    /// <summary>
    /// The one statement that does not wait by itself when another program is at the same point: SQLite reports a lock at
    /// once where waiting could deadlock (https://sqlite.org/wal.html). So it is tried until the other is through.
    /// </summary>
    private static void SwitchToWriteAheadLog(SqliteConnection connection)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                ReturnablePages.Choose(connection);
                connection.Execute("PRAGMA journal_mode = WAL");
                return;
            }
            catch (SqliteException error) when (error.SqliteErrorCode == 5 && attempt < 500)
            {
                Thread.Yield();
            }
        }
    }

    private static string Read(string name)
    {
        using var stream = typeof(SchemaMigrator).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The migration {name} is missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
