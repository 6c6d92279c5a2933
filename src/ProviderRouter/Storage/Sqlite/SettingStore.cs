using Microsoft.Data.Sqlite;
using ProviderRouter.Settings;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>The settings in the database, over one connection with its query prepared once. For one thread at a time.</summary>
public sealed class SettingStore : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly TimeProvider time;
    private readonly SqliteCommand read;

    internal SettingStore(SqliteConnection connection, TimeProvider time)
    {
        this.connection = connection;
        this.time = time;
        read = connection.Prepare("SELECT key, value FROM settings");
    }

    /// <summary>What is in effect, and a sentence for each stored value that is not allowed and so counts for nothing.</summary>
    public (RouterSettings Settings, IReadOnlyList<string> Problems) Read() => RouterSettings.From(ReadTexts());

    /// <summary>What would be in effect with this text under this key.</summary>
    public RouterSettings ReadWith(string key, string value)
    {
        var texts = ReadTexts();
        texts[key] = value;
        return RouterSettings.From(texts).Settings;
    }

    /// <summary>The text that is stored under this key, be it allowed or not; null when there is none.</summary>
    public string? Get(string key)
    {
        using var command = connection.Prepare("SELECT value FROM settings WHERE key = $key", "$key");
        command.Set(0, key);
        return (string?)command.ExecuteScalar();
    }

    /// <summary>Stores what <see cref="Setting.Normalise"/> answered; a running server sees it with its next request.</summary>
    public void Set(string key, string value)
    {
        using var command = connection.Prepare(
            "INSERT INTO settings (key, value, updated_at) VALUES ($key, $value, $now) "
            + "ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
            "$key", "$value", "$now");
        command.Set(0, key);
        command.Set(1, value);
        command.Set(2, time.GetUtcNow().ToUnixTimeSeconds());
        command.ExecuteNonQuery();
    }

    /// <summary>Brings a setting back to its default; does nothing where nothing is stored.</summary>
    public void Remove(string key)
    {
        using var command = connection.Prepare("DELETE FROM settings WHERE key = $key", "$key");
        command.Set(0, key);
        command.ExecuteNonQuery();
    }

    private Dictionary<string, string> ReadTexts()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = read.ExecuteReader();
        while (reader.Read())
        {
            texts[reader.GetString(0)] = reader.GetString(1);
        }

        return texts;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        read.Dispose();
        connection.Dispose();
    }
}
