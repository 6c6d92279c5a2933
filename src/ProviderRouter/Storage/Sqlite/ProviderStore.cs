using Microsoft.Data.Sqlite;
using ProviderRouter.Providers;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>
/// The active provider and the list of providers, over one connection with its commands prepared once. For one thread at a
/// time.
/// </summary>
public sealed class ProviderStore : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly TimeProvider time;
    private readonly SqliteCommand findActive;

    internal ProviderStore(SqliteConnection connection, TimeProvider time)
    {
        this.connection = connection;
        this.time = time;
        findActive = connection.Prepare(
            $"SELECT s.value, {ProviderRow.Columns} FROM settings s LEFT JOIN providers p ON p.name = s.value "
            + $"WHERE s.key = '{ActiveProvider.SettingKey}'");
    }

    /// <summary>
    /// The name that the setting holds (null when there is none) and its provider (null when no provider has that name).
    /// </summary>
    public (string? Name, Provider? Provider) FindActive()
    {
        using var reader = findActive.ExecuteReader();
        return !reader.Read() ? (null, null)
            : (reader.GetString(0), reader.IsDBNull(1) ? null : ProviderRow.Read(reader, first: 1));
    }

    /// <summary>The provider of this name, or null.</summary>
    public Provider? Find(string name)
    {
        using var command = connection.Prepare($"SELECT {ProviderRow.Columns} FROM providers p WHERE p.name = $name", "$name");
        command.Set(0, name);
        using var reader = command.ExecuteReader();
        return reader.Read() ? ProviderRow.Read(reader, first: 0) : null;
    }

    /// <summary>All providers, in the order in which they came.</summary>
    public IReadOnlyList<Provider> List()
    {
        using var command = connection.Prepare($"SELECT {ProviderRow.Columns} FROM providers p ORDER BY p.position");
        using var reader = command.ExecuteReader();
        var providers = new List<Provider>();
        while (reader.Read())
        {
            providers.Add(ProviderRow.Read(reader, first: 0));
        }

        return providers;
    }

    /// <summary>The names of those that answer, in order, when the active one fails. They need not be known.</summary>
    public IReadOnlyList<string> ReadFallbacks()
    {
        using var command = connection.Prepare("SELECT value FROM settings WHERE key = $key", "$key");
        command.Set(0, Fallbacks.SettingKey);
        return Fallbacks.Parse(command.ExecuteScalar() as string);
    }

    /// <summary>Makes a provider the active one, with these in its place when it fails; a running server sees it with its next request.</summary>
    public void SetActive(string name, IReadOnlyList<string> fallbacks) => InTransaction(() =>
    {
        SetActive(name);
        Write(Fallbacks.SettingKey, Fallbacks.Format(fallbacks));
        return true;
    });

    /// <summary>Makes a provider the active one; a running server sees it with its next request.</summary>
    public void SetActive(string name) => Write(ActiveProvider.SettingKey, name);

    /// <summary>Adds a provider at the end of the list. False when one of this name is there.</summary>
    public bool Add(Provider provider) => ProviderRow.Insert(connection, provider, time);

    /// <summary>Writes all of a provider but its name, as edited by a person. False when there is none of this name.</summary>
    public bool Update(Provider provider) => ProviderRow.Update(connection, provider, time);

    /// <summary>Removes a provider; what is on record of it stays. False when there is none of this name.</summary>
    public bool Remove(string name)
    {
        using var command = connection.Prepare("DELETE FROM providers WHERE name = $name", "$name");
        command.Set(0, name);
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>Lets a provider answer, or not; who wrote its address stays as it is. False when there is none of this name.</summary>
    public bool SetEnabled(string name, bool enabled)
    {
        using var command = connection.Prepare(
            "UPDATE providers SET enabled = $enabled, updated_at = $now WHERE name = $name", "$enabled", "$now", "$name");
        command.Set(0, enabled ? 1L : 0L);
        command.Set(1, time.GetUtcNow().ToUnixTimeSeconds());
        command.Set(2, name);
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>
    /// Runs this in one transaction that holds the write lock from its start, so that what is read in it still holds when it is
    /// written. One inside another is part of it. When it throws, nothing was written.
    /// </summary>
    public T InTransaction<T>(Func<T> work) => connection.InTransaction("BEGIN IMMEDIATE", work);

    /// <summary>Runs this, which only reads, on the database as it is at one moment.</summary>
    public T InSnapshot<T>(Func<T> work) => connection.InTransaction("BEGIN", work);

    private void Write(string key, string value)
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

    /// <summary>Writes what the environment says of built-in providers, but for those that a person edited.</summary>
    public void Apply(IEnumerable<ProviderOverride> overrides)
    {
        using var command = connection.Prepare(
            "UPDATE providers SET base_url = coalesce($url, base_url), default_model = coalesce($model, default_model), "
            + "origin = 'environment', updated_at = $now WHERE name = $name AND origin <> 'edited'",
            "$url", "$model", "$now", "$name");
        foreach (var change in overrides)
        {
            command.Set(0, change.BaseUrl);
            command.Set(1, change.DefaultModel);
            command.Set(2, time.GetUtcNow().ToUnixTimeSeconds());
            command.Set(3, change.Name);
            command.ExecuteNonQuery();
        }
    }

    internal static void InsertBuiltIns(SqliteConnection connection, TimeProvider time)
    {
        using var command = connection.Prepare(
            "INSERT INTO providers (name, type, base_url, key_variable, key_header, key_prefix, default_model, origin, updated_at) "
            + "VALUES ($name, $type, $url, $variable, $header, $prefix, $model, 'built-in', $now)",
            "$name", "$type", "$url", "$variable", "$header", "$prefix", "$model", "$now");
        foreach (var provider in BuiltInProviders.All)
        {
            command.Set(0, provider.Name);
            command.Set(1, provider.Type);
            command.Set(2, provider.BaseUrl);
            command.Set(3, provider.Key.EnvironmentVariable);
            command.Set(4, provider.Key.Header);
            command.Set(5, provider.Key.Prefix);
            command.Set(6, provider.DefaultModel);
            command.Set(7, time.GetUtcNow().ToUnixTimeSeconds());
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        findActive.Dispose();
        connection.Dispose();
    }
}
