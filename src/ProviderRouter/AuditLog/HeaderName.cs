using System.Collections.Concurrent;
using System.Text.Json;

namespace ProviderRouter.AuditLog;

/// <summary>What is known of a header by its name. There are few names, and they come with every request.</summary>
/// <param name="Json">The name in lower case, as JSON.</param>
/// <param name="IsSecret">True when its value may be a secret.</param>
/// <param name="Changes">True when its value is another one each time.</param>
internal sealed record HeaderName(JsonEncodedText Json, bool IsSecret, bool Changes)
{
    /// <summary>Names that are remembered; those of a client that makes them up are not, beyond that.</summary>
    private const int Remembered = 512;

    private static readonly ConcurrentDictionary<string, HeaderName> Known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is known of this one.</summary>
    public static HeaderName Of(string name)
    {
        if (Known.TryGetValue(name, out var known))
        {
            return known;
        }

        known = new(JsonEncodedText.Encode(name.ToLowerInvariant()), Redaction.IsSecret(name), ChangingHeaders.Contains(name));
        if (Known.Count < Remembered)
        {
            Known.TryAdd(name, known);
        }

        return known;
    }
}
