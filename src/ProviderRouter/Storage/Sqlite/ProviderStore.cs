using Microsoft.Data.Sqlite;
using ProviderRouter.Providers;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>
/// The active provider and the list of providers, over one connection with its commands prepared once. For one thread at a
/// time.
/// </summary>
public sealed class ProviderStore : IDisposable
{
    private const string Columns =
        "p.name, p.type, p.base_url, p.key_variable, p.key_header, p.key_prefix, p.default_model, p.enabled, p.origin";

    private readonly SqliteConnection connection;
    private readonly TimeProvider time;
    private readonly SqliteCommand findActive;

    internal ProviderStore(SqliteConnection connection, TimeProvider time)
    {
        this.connection = connection;
        this.time = time;
        findActive = connection.Prepare(
            $"SELECT s.value, {Columns} FROM settings s LEFT JOIN providers p ON p.name = s.value "
            + $"WHERE s.key = '{ActiveProvider.SettingKey}'");
    }

    /// <summary>
    /// The name that the setting holds (null when there is none) and its provider (null when no provider has that name).
    /// </summary>
    public (string? Name, Provider? Provider) FindActive()
    {
        using var reader = findActive.ExecuteReader();
        return !reader.Read() ? (null, null)
            : (reader.GetString(0), reader.IsDBNull(1) ? null : Read(reader, first: 1));
    }

    /// <summary>The provider of this name, or null.</summary>
    public Provider? Find(string name)
    {
        using var command = connection.Prepare($"SELECT {Columns} FROM providers p WHERE p.name = $name", "$name");
        command.Set(0, name);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Read(reader, first: 0) : null;
    }

    /// <summary>All providers, in the order in which they came.</summary>
    public IReadOnlyList<Provider> List()
    {
        using var command = connection.Prepare($"SELECT {Columns} FROM providers p ORDER BY p.position");
        using var reader = command.ExecuteReader();
        var providers = new List<Provider>();
        while (reader.Read())
        {
            providers.Add(Read(reader, first: 0));
        }

        return providers;
    }

    /// <summary>Makes a provider the active one; a running server sees it with its next request.</summary>
    public void SetActive(string name)
    {
        using var command = connection.Prepare(
            "INSERT INTO settings (key, value, updated_at) VALUES ($key, $value, $now) "
            + "ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
            "$key", "$value", "$now");
        command.Set(0, ActiveProvider.SettingKey);
        command.Set(1, name);
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

    private static Provider Read(SqliteDataReader reader, int first) => new()
    {
        Name = reader.GetString(first),
        Type = reader.GetString(first + 1),
        BaseUrl = reader.GetString(first + 2),
        Key = new ProviderKey(reader.TextOrNull(first + 3), reader.GetString(first + 4), reader.GetString(first + 5)),
        DefaultModel = reader.TextOrNull(first + 6),
        Enabled = reader.GetInt64(first + 7) != 0,
        Origin = reader.GetString(first + 8) switch
        {
            "built-in" => ProviderOrigin.BuiltIn,
            "environment" => ProviderOrigin.Environment,
            _ => ProviderOrigin.Edited,
        },
    };

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        findActive.Dispose();
        connection.Dispose();
    }
}
