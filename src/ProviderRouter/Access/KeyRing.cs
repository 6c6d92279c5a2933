using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ProviderRouter.Access;

/// <summary>All keys as of one moment, revoked ones too: so that whoever shows one can be told what is wrong with it.</summary>
public sealed class KeyRing
{
    /// <summary>No key opens anything.</summary>
    public static readonly KeyRing Empty = new([]);

    private readonly FrozenDictionary<ulong, ClientKey[]> byHash;

    /// <summary>Puts these keys on it.</summary>
    public KeyRing(IEnumerable<ClientKey> keys) =>
        byHash = keys.GroupBy(key => Beginning(key.Hash.Span)).ToFrozenDictionary(same => same.Key, same => same.ToArray());

    /// <summary>True when there is none at all.</summary>
    public bool IsEmpty => byHash.Count == 0;

    /// <summary>True when one of them opens something of this kind now.</summary>
    public bool HasValid(ClientKeyKind kind, DateTimeOffset now) =>
        byHash.Values.Any(same => same.Any(key => key.Kind == kind && key.StateAt(now) == ClientKeyState.Valid));

    /// <summary>The key that was shown, valid or not; null when it is none of them.</summary>
    /// <remarks>What is looked up is a hash, whose bytes nobody can choose; the rest of it is compared in constant time.</remarks>
    public ClientKey? Find(ReadOnlySpan<char> shown)
    {
        var hash = KeyText.Hash(shown);
        foreach (var key in byHash.GetValueOrDefault(Beginning(hash)) ?? [])
        {
            if (CryptographicOperations.FixedTimeEquals(key.Hash.Span, hash))
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>All keys that have, or had, this name: it can be used again once one is revoked.</summary>
    public IEnumerable<ClientKey> Named(string name) => byHash.Values.SelectMany(same => same).Where(key => key.Name == name);

    private static ulong Beginning(ReadOnlySpan<byte> hash) => hash.Length >= sizeof(ulong) ? MemoryMarshal.Read<ulong>(hash) : 0;
}
