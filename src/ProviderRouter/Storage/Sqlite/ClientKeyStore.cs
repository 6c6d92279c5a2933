using Microsoft.Data.Sqlite;
using ProviderRouter.Access;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>The keys of the router's clients, over a connection of their own. For one thread at a time.</summary>
public sealed class ClientKeyStore : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly TimeProvider time;

    internal ClientKeyStore(SqliteConnection connection, TimeProvider time) => (this.connection, this.time) = (connection, time);

    /// <summary>All keys, revoked ones too, in the order in which they were made.</summary>
    public IReadOnlyList<ClientKey> List()
    {
        using var command = connection.Prepare("SELECT name, kind, hash, created_at, expires_at, revoked_at FROM client_keys ORDER BY id");
        using var reader = command.ExecuteReader();
        var keys = new List<ClientKey>();
        while (reader.Read())
        {
            var kind = reader.GetString(1) == "admin" ? ClientKeyKind.Admin : ClientKeyKind.Client;
            keys.Add(new(
                reader.GetString(0), kind, reader.GetFieldValue<byte[]>(2), Moment(reader, 3)!.Value, Moment(reader, 4), Moment(reader, 5)));
        }

        return keys;
    }

    /// <summary>Makes a key, which a running server knows from its next request on.</summary>
    /// <param name="name">What it is called (<see cref="KeyName"/>).</param>
    /// <param name="kind">What it opens.</param>
    /// <param name="lifetime">How long it does so; null: until it is revoked.</param>
    /// <returns>The key itself, which is kept nowhere; null when one of this name is not revoked.</returns>
    public (string Text, ClientKey Key)? Make(string name, ClientKeyKind kind, TimeSpan? lifetime)
    {
        var text = KeyText.Make(kind);
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var key = new ClientKey(name, kind, KeyText.Hash(text), now, now + lifetime, RevokedAt: null);
        using var command = connection.Prepare(
            "INSERT INTO client_keys (name, kind, hash, created_at, expires_at) VALUES ($name, $kind, $hash, $now, $expires) "
            + "ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING",
            "$name", "$kind", "$hash", "$now", "$expires");
        command.Set(0, name);
        command.Set(1, kind.Word());
        command.Set(2, key.Hash);
        command.Set(3, key.CreatedAt.ToUnixTimeSeconds());
        command.Set(4, key.ExpiresAt?.ToUnixTimeSeconds());
        return command.ExecuteNonQuery() > 0 ? (text, key) : null;
    }

    /// <summary>Takes a key back, from the next request on. False when there is none of this name that is not revoked.</summary>
    public bool Revoke(string name)
    {
        using var command = connection.Prepare(
            "UPDATE client_keys SET revoked_at = $now WHERE name = $name AND revoked_at IS NULL", "$now", "$name");
        command.Set(0, time.GetUtcNow().ToUnixTimeSeconds());
        command.Set(1, name);
        return command.ExecuteNonQuery() > 0;
    }

    private static DateTimeOffset? Moment(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(column));

    /// <summary>Closes the connection.</summary>
    public void Dispose() => connection.Dispose();
}
