using Microsoft.Data.Sqlite;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>Providers and settings over one connection, so that both are read, or written, in one transaction.</summary>
public sealed class ConfigurationStore : IDisposable
{
    internal ConfigurationStore(SqliteConnection connection, TimeProvider time) =>
        (Providers, Settings) = (new ProviderStore(connection, time), new SettingStore(connection, time));

    /// <summary>The active provider and the list of providers; their transactions hold for the settings, too.</summary>
    public ProviderStore Providers { get; }

    /// <summary>The settings.</summary>
    public SettingStore Settings { get; }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        Settings.Dispose();
        Providers.Dispose();
    }
}
