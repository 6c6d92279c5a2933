using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;
using ProviderRouter.Providers;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>A provider as a row of <c>providers</c>.</summary>
internal static class ProviderRow
{
    /// <summary>The columns that <see cref="Read"/> takes, of the table as <c>p</c>.</summary>
    public const string Columns =
        "p.name, p.type, p.base_url, p.key_variable, p.key_header, p.key_prefix, p.default_model, p.enabled, p.origin, p.key_sealed, "
        + "p.headers, p.query, p.aliases, p.idle_timeout_ms, p.connect_timeout_ms, p.keep_alive_ms, p.retries, p.cancels, p.note";

    private static readonly string[] Parameters =
    [
        "$type", "$url", "$variable", "$header", "$prefix", "$model", "$enabled", "$sealed", "$headers", "$query", "$aliases", "$idle",
        "$connect", "$keep", "$retries", "$cancels", "$note", "$now", "$name",
    ];

    /// <summary>Reads one.</summary>
    public static Provider Read(SqliteDataReader reader, int first) => new()
    {
        Name = reader.GetString(first),
        Type = reader.GetString(first + 1),
        BaseUrl = reader.GetString(first + 2),
        Key = new ProviderKey(reader.TextOrNull(first + 3), reader.GetString(first + 4), reader.GetString(first + 5))
        {
            Sealed = reader.IsDBNull(first + 9) ? null : reader.GetFieldValue<byte[]>(first + 9),
        },
        DefaultModel = reader.TextOrNull(first + 6),
        Enabled = reader.GetInt64(first + 7) != 0,
        Origin = reader.GetString(first + 8) switch
        {
            "built-in" => ProviderOrigin.BuiltIn,
            "environment" => ProviderOrigin.Environment,
            _ => ProviderOrigin.Edited,
        },
        Headers = Map(reader.GetString(first + 10)),
        Query = reader.TextOrNull(first + 11),
        Aliases = Map(reader.GetString(first + 12)),
        IdleTimeout = Time(reader, first + 13),
        ConnectTimeout = Time(reader, first + 14),
        KeepAlive = Time(reader, first + 15),
        Retries = reader.IsDBNull(first + 16) ? null : reader.GetInt32(first + 16),
        Cancels = reader.GetInt64(first + 17) != 0,
        Note = reader.TextOrNull(first + 18),
    };

    /// <summary>Adds one; false when there is one of its name.</summary>
    public static bool Insert(SqliteConnection connection, Provider provider, TimeProvider time) => Run(connection, provider, time,
        "INSERT INTO providers (type, base_url, key_variable, key_header, key_prefix, default_model, enabled, key_sealed, headers, query, aliases, "
        + "idle_timeout_ms, connect_timeout_ms, keep_alive_ms, retries, cancels, note, updated_at, name, origin) "
        + $"VALUES ({string.Join(", ", Parameters)}, 'edited') ON CONFLICT (name) DO NOTHING");

    /// <summary>Writes all of it but its name; false when there is none of that.</summary>
    public static bool Update(SqliteConnection connection, Provider provider, TimeProvider time) => Run(connection, provider, time,
        "UPDATE providers SET type = $type, base_url = $url, key_variable = $variable, key_header = $header, key_prefix = $prefix, "
        + "default_model = $model, enabled = $enabled, key_sealed = $sealed, headers = $headers, query = $query, aliases = $aliases, "
        + "idle_timeout_ms = $idle, connect_timeout_ms = $connect, keep_alive_ms = $keep, retries = $retries, cancels = $cancels, "
        + "note = $note, updated_at = $now, origin = 'edited' WHERE name = $name");

    private static bool Run(SqliteConnection connection, Provider provider, TimeProvider time, string sql)
    {
        using var command = connection.Prepare(sql, Parameters);
        object?[] values =
        [
            provider.Type, provider.BaseUrl, provider.Key.EnvironmentVariable, provider.Key.Header, provider.Key.Prefix,
            provider.DefaultModel, provider.Enabled ? 1L : 0L, provider.Key.Sealed, Text(provider.Headers), provider.Query,
            Text(provider.Aliases), Milliseconds(provider.IdleTimeout), Milliseconds(provider.ConnectTimeout),
            Milliseconds(provider.KeepAlive), provider.Retries is { } retries ? (long)retries : null, provider.Cancels ? 1L : 0L,
            provider.Note, time.GetUtcNow().ToUnixTimeSeconds(), provider.Name,
        ];
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command.ExecuteNonQuery() > 0;
    }

    private static TimeSpan? Time(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : TimeSpan.FromMilliseconds(reader.GetInt64(column));

    private static long? Milliseconds(TimeSpan? time) => time is { } value ? (long)value.TotalMilliseconds : null;

    /// <summary>A map; what somebody wrote there that is none counts as an empty one.</summary>
    private static Dictionary<string, string> Map(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, MapJson.Default.DictionaryStringString) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Text(IReadOnlyDictionary<string, string> map) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(map, StringComparer.Ordinal), MapJson.Default.DictionaryStringString);
}

/// <summary>Names and values as JSON.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class MapJson : JsonSerializerContext;
