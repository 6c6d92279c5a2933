using System.Buffers;

namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>Tells an image or a sound in a string from text.</summary>
internal static class EncodedBytes
{
    /// <summary>Shorter ones are looked for like words, in bytes.</summary>
    private const int Shortest = 512;

    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\\"u8);

    /// <summary>True of a <c>data:</c> URL, and of a long string in base64.</summary>
    public static bool Is(ReadOnlySpan<byte> text) =>
        (text.StartsWith("data:"u8) && text[..Math.Min(text.Length, 128)].IndexOf(";base64,"u8) > 0)
        || (text.Length >= Shortest && text[..Shortest].IndexOfAnyExcept(Base64) < 0);
}
