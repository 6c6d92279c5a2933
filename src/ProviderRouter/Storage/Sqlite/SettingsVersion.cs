using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>Tells, in a few microseconds, whether any setting or provider was changed. For one thread at a time.</summary>
public sealed class SettingsVersion : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly RawStatement read;

    internal SettingsVersion(SqliteConnection connection)
    {
        this.connection = connection;
        read = new RawStatement(connection, "SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'settings_version'");
    }

    /// <summary>True when the file was moved, deleted or replaced: then this knows nothing any more.</summary>
    public bool HasMoved => NativeSqlite.HasMoved(connection);

    /// <summary>A number that is another one after each change; null when nobody counts.</summary>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    public long? Read()
    {
        long? version = read.Step() ? read.Integer(0) : null;
        read.Reset();
        return version;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        read.Dispose();
        connection.Dispose();
    }
}
