using System.Buffers;

namespace ProviderRouter;

/// <summary>The one list of names whose values may be secrets: headers, and parameters of queries.</summary>
public static class SecretName
{
    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["auth", "key", "token", "secret", "password", "cookie", "credential", "signature"], StringComparison.OrdinalIgnoreCase);

    // Names with one of the words in them that hold no secret, and are worth reading.
    private static readonly string[] Harmless = ["sec-websocket-key", "www-authenticate", "idempotency-key"];

    /// <summary>True when a header or query parameter of this name may hold a secret.</summary>
    public static bool Is(string name) =>
        name.AsSpan().ContainsAny(Words)
        && !name.StartsWith("x-ratelimit-", StringComparison.OrdinalIgnoreCase)
        && !Harmless.Contains(name, StringComparer.OrdinalIgnoreCase);
}
