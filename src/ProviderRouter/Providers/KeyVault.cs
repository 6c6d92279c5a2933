using System.Security.Cryptography;
using System.Text;
using ProviderRouter.Configuration;

namespace ProviderRouter.Providers;

/// <summary>
/// Encrypts the keys that the database keeps (AES-256-GCM, NIST SP 800-38D), with a secret in a file of its own beside it: whoever
/// gets the database alone, as a copy or a backup, has no key.
/// </summary>
public sealed class KeyVault(DataFolder folder)
{
    private const int SecretSize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly Lock gate = new();
    private byte[]? secret;

    /// <summary>The file with the secret; made when it is first needed: a key is stored, or somebody looks at the dashboard.</summary>
    public string Path => System.IO.Path.Combine(folder.Path, "provider-router.secret");

    /// <summary>Encrypts a key: nonce, tag, ciphertext.</summary>
    /// <exception cref="SetUpException">The file with the secret cannot be made or read.</exception>
    public byte[] Seal(string key)
    {
        var plain = Encoding.UTF8.GetBytes(key);
        var sealedKey = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(sealedKey.AsSpan(0, NonceSize));
        using var aes = new AesGcm(Secret(make: true), TagSize);
        aes.Encrypt(sealedKey.AsSpan(0, NonceSize), plain, sealedKey.AsSpan(NonceSize + TagSize), sealedKey.AsSpan(NonceSize, TagSize));
        CryptographicOperations.ZeroMemory(plain);
        return sealedKey;
    }

    /// <summary>Decrypts what <see cref="Seal"/> made.</summary>
    /// <exception cref="SetUpException">The file with the secret is missing, or is another one.</exception>
    public string Unseal(ReadOnlySpan<byte> sealedKey)
    {
        try
        {
            var plain = new byte[Math.Max(0, sealedKey.Length - NonceSize - TagSize)];
            using var aes = new AesGcm(Secret(make: false), TagSize);
            aes.Decrypt(sealedKey[..NonceSize], sealedKey[(NonceSize + TagSize)..], sealedKey.Slice(NonceSize, TagSize), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new SetUpException(
                $"A stored key was encrypted with another secret than the one in {Path}. Store it anew: provider-cli provider edit NAME --key-stdin", error);
        }
    }

    /// <summary>A key of 32 bytes for another purpose, always the same for it (HKDF, RFC 5869): nothing of the secret can be told from it.</summary>
    /// <exception cref="SetUpException">The file with the secret cannot be made or read.</exception>
    public byte[] Derive(ReadOnlySpan<byte> purpose)
    {
        var key = new byte[SecretSize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Secret(make: true), key, salt: [], purpose);
        return key;
    }

    private byte[] Secret(bool make)
    {
        lock (gate)
        {
            return secret ??= Read() ?? (make ? Make() : throw new SetUpException(
                $"{Path} is missing, without which stored keys cannot be read. Put it back, or store them anew: provider-cli provider edit NAME --key-stdin"));
        }
    }

    private byte[]? Read()
    {
        try
        {
            var bytes = File.ReadAllBytes(Path);
            return bytes.Length == SecretSize ? bytes : throw new SetUpException($"{Path} is damaged: it has {bytes.Length} bytes, not {SecretSize}.");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SetUpException($"{Path} cannot be read: {error.Message}", error);
        }
    }

    private byte[] Make()
    {
        var draft = $"{Path}.{Environment.ProcessId}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(draft, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(SecretSize));
                file.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(draft, Path, overwrite: false);
            }
            catch (IOException) when (File.Exists(Path))
            {
                // Another program made one at the same moment: that one counts.
                File.Delete(draft);
            }

            return Read()!;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SetUpException($"{Path} cannot be written: {error.Message}", error);
        }
    }
}
