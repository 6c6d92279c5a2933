namespace ProviderRouter.Access;

/// <summary>A key that a client of the router shows, as the database has it: its hash, never the key itself.</summary>
/// <param name="Name">What people call it, and what the log says in its place.</param>
/// <param name="Kind">What it opens.</param>
/// <param name="Hash">The SHA-256 of the key.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it opens nothing; null: never.</param>
/// <param name="RevokedAt">When a person took it back; null: not yet.</param>
public sealed record ClientKey(
    string Name,
    ClientKeyKind Kind,
    ReadOnlyMemory<byte> Hash,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    /// <summary>Whether it opens anything at this moment.</summary>
    public ClientKeyState StateAt(DateTimeOffset now) =>
        RevokedAt is not null ? ClientKeyState.Revoked
        : ExpiresAt <= now ? ClientKeyState.Expired
        : ClientKeyState.Valid;
}

/// <summary>What a key opens.</summary>
public enum ClientKeyKind
{
    /// <summary>The providers, under <c>/v1</c>.</summary>
    Client,

    /// <summary>The router's own settings, under <c>/admin</c>.</summary>
    Admin,
}

/// <summary>Whether a key opens anything.</summary>
public enum ClientKeyState
{
    /// <summary>It does.</summary>
    Valid,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>A person took it back.</summary>
    Revoked,
}
