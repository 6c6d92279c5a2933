using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>
/// Signs what a browser keeps and shows again (HMAC-SHA-256), with a key that comes from the file with the secret: so that it
/// survives a restart. It is read when somebody first looks.
/// </summary>
internal sealed class SigningKey(SqliteDatabase database)
{
    private readonly Lock gate = new();
    private byte[]? bytes;

    /// <summary>What the names of cookies end in: browsers do not tell routers on different ports of a machine apart.</summary>
    public string Mark => field ??= Sign("mark")[..8];

    /// <summary>The signature of these texts, in base64url.</summary>
    public string Sign(params ReadOnlySpan<string> parts)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Bytes());
        foreach (var part in parts)
        {
            // With its length, so that no two lists of texts are the same bytes.
            mac.AppendData(BitConverter.GetBytes(part.Length));
            mac.AppendData(Encoding.Unicode.GetBytes(part));
        }

        return Base64Url.EncodeToString(mac.GetHashAndReset());
    }

    /// <summary>True when this is the signature of these texts; found out in constant time.</summary>
    public bool IsSignature(string? shown, params ReadOnlySpan<string> parts) =>
        shown is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(Sign(parts)));

    private byte[] Bytes()
    {
        lock (gate)
        {
            return bytes ??= Read();
        }
    }

    private byte[] Read()
    {
        try
        {
            // A secret that was lost is not replaced here: whoever has keys stored with it is to be told to put it back.
            if (File.Exists(database.Vault.Path) || !HasStoredKeys())
            {
                return database.Vault.Derive("provider-router dashboard"u8);
            }
        }
        catch (Exception error) when (error is SetUpException or SqliteException)
        {
            // Who looks wants to see what is wrong. Signatures last until this server ends, then.
        }

        return RandomNumberGenerator.GetBytes(32);
    }

    private bool HasStoredKeys()
    {
        using var providers = database.OpenProviders();
        return providers.List().Any(provider => provider.Key.Sealed is not null);
    }
}
