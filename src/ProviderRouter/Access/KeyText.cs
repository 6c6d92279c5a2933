using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ProviderRouter.Access;

/// <summary>
/// A key of the router's own as clients send it: <c>pr-</c>, for an admin's <c>pra-</c>, and 32 random bytes in base64url. It is
/// random through and through, so its plain SHA-256 tells nothing of it, and no slow hash is needed.
/// </summary>
public static class KeyText
{
    private const int RandomBytes = 32;
    private const int RandomLength = 43;
    private const string ClientPrefix = "pr-";
    private const string AdminPrefix = "pra-";

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>A new key.</summary>
    public static string Make(ClientKeyKind kind) =>
        (kind == ClientKeyKind.Admin ? AdminPrefix : ClientPrefix) + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>What the database keeps of a key.</summary>
    public static byte[] Hash(ReadOnlySpan<char> key)
    {
        Span<byte> bytes = stackalloc byte[AdminPrefix.Length + RandomLength];
        return SHA256.HashData(bytes[..Encoding.ASCII.GetBytes(key, bytes)]);
    }

    /// <summary>
    /// The first of a text's words that has the form of a key; empty when none has. A word ends where no character of a key is.
    /// </summary>
    public static ReadOnlySpan<char> FindIn(ReadOnlySpan<char> text)
    {
        while (text.IndexOf("pr", StringComparison.Ordinal) is >= 0 and var at)
        {
            text = text[at..];
            // No further than a key is long, so that a long text costs no more than its length.
            var window = text[..Math.Min(text.Length, AdminPrefix.Length + RandomLength + 1)];
            var word = window.IndexOfAnyExcept(Alphabet) is >= 0 and var end ? window[..end] : window;
            if (HasForm(word))
            {
                return word;
            }

            text = text["pr".Length..];
        }

        return [];
    }

    private static bool HasForm(ReadOnlySpan<char> word) =>
        (word.StartsWith(ClientPrefix, StringComparison.Ordinal) && word.Length == ClientPrefix.Length + RandomLength)
        || (word.StartsWith(AdminPrefix, StringComparison.Ordinal) && word.Length == AdminPrefix.Length + RandomLength);
}
