using System.Globalization;

namespace ProviderRouter.Readable;

/// <summary>How long texts are, as people count: what is drawn as one character is one.</summary>
public static class ReadableLength
{
    /// <summary>A text's length as <c>1 character</c>, <c>1,200 characters</c>.</summary>
    public static string From(string text) => Of(text) is var count && count == 1 ? "1 character" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} characters");

    /// <summary>How many characters a text has (Unicode's grapheme clusters).</summary>
    public static int Of(string text)
    {
        var count = 0;
        for (var at = 0; at < text.Length; count++)
        {
            at += IsPlain(text, at) ? 1 : StringInfo.GetNextTextElementLength(text, at);
        }

        return count;
    }

    private static bool IsPlain(string text, int at) =>
        char.IsAscii(text[at]) && text[at] != '\r' && (at + 1 == text.Length || char.IsAscii(text[at + 1]));
}
