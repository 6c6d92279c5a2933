using System.Globalization;
using System.Text;

namespace ProviderRouter.Comparison.Texts;

/// <summary>Takes texts apart so that nothing is lost: put together again, the pieces are the text.</summary>
internal static class Words
{
    /// <summary>
    /// Words, what stands between them, and the ends of lines. A character of a script that is written without blanks (Chinese, Japanese) is a
    /// word; what is drawn as one letter is never taken apart.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Where there are more pieces than this, no more than one more is taken.</param>
    public static List<string> Split(string text, int most)
    {
        var words = new List<string>(Math.Min(text.Length / 4, most + 1));
        for (var start = 0; start < text.Length && words.Count <= most;)
        {
            var (end, kind) = Next(text, start);
            while (kind is Kind.Letter or Kind.Blank && end < text.Length && Next(text, end) is var (after, next) && next == kind)
            {
                end = after;
            }

            words.Add(text[start..end]);
            start = end;
        }

        return words;
    }

    /// <summary>Lines, each with its end.</summary>
    /// <inheritdoc cref="Split"/>
    public static List<string> Lines(string text, int most)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length && lines.Count <= most;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    private static (int End, Kind Kind) Next(string text, int start)
    {
        if (char.IsAscii(text[start]) && (start + 1 == text.Length || char.IsAscii(text[start + 1])) && text[start] != '\r')
        {
            return (start + 1, KindOf(new Rune(text[start])));
        }

        var end = start + StringInfo.GetNextTextElementLength(text, start);
        return (end, Rune.TryGetRuneAt(text, start, out var rune) ? KindOf(rune) : Kind.Single);
    }

    private static Kind KindOf(Rune rune) =>
        rune.Value is '\n' or '\r' || IsWrittenWithoutBlanks(rune.Value) ? Kind.Single
        : Rune.IsWhiteSpace(rune) ? Kind.Blank
        : Rune.IsLetterOrDigit(rune) || rune.Value is '_' or '\'' or '’' ? Kind.Letter
        : Kind.Single;

    // Han and its parts, kana, bopomofo (Unicode 16, Blocks.txt).
    private static bool IsWrittenWithoutBlanks(int value) =>
        value is (>= 0x2E80 and <= 0x2FDF) or (>= 0x3005 and <= 0x3007) or (>= 0x3021 and <= 0x312F) or (>= 0x31A0 and <= 0x31FF)
            or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9F)
            or (>= 0x20000 and <= 0x3FFFF);

    private enum Kind
    {
        Single,
        Letter,
        Blank,
    }
}
