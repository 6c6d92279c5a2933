using System.Globalization;

namespace ProviderRouter.AuditLog;

/// <summary>The last row of the chain: its place, and its hash. As text: <c>PLACE:HASH</c>, the hash in lower-case hex.</summary>
public readonly record struct ChainHead(long Place, ReadOnlyMemory<byte> Hash)
{
    /// <summary>The size of a hash (SHA-256), in bytes.</summary>
    public const int HashSize = 32;

    /// <summary>Before the first row: place 0, and zeros.</summary>
    public static readonly ChainHead Origin = new(0, new byte[HashSize]);

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(string text, out ChainHead head)
    {
        head = Origin;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            || text.Length - colon - 1 != 2 * HashSize || !text.Skip(colon + 1).All(char.IsAsciiHexDigit))
        {
            return false;
        }

        head = new(place, Convert.FromHexString(text.AsSpan(colon + 1)));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Place}:{Convert.ToHexStringLower(Hash.Span)}";
}
