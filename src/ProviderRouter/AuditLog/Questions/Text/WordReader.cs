using System.Buffers;
using System.Globalization;
using System.Text;

namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>
/// Goes through the words of a text, in lower case. In scripts that put no spaces between words (Chinese, Japanese, Thai, ...), and in
/// Korean, whose words carry endings, each letter is a word of its own.
/// </summary>
/// <remarks>
/// Words are found again by their letters alone, as <see href="https://unicode.org/reports/tr29/">UAX 29</see> leaves these scripts to
/// dictionaries, which would have to be the same on the day of the question as on the day of the answer.
/// </remarks>
public ref struct WordReader(ReadOnlySpan<char> text)
{
    /// <summary>Of a longer word the first so many letters count, in UTF-16 units.</summary>
    public const int Longest = 64;

    private static readonly SearchValues<char> AsciiWord = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly ReadOnlySpan<char> text = text;
    private Letters letters;
    private int length;

    /// <summary>Where the word begins in the text.</summary>
    public int Start { get; private set; }

    /// <summary>Where what follows it begins.</summary>
    public int End { get; private set; }

    /// <summary>True of a letter that is a word of its own.</summary>
    public bool IsLetter { get; private set; }

    /// <summary>The word in lower case, until the next one.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<char> Word => ((ReadOnlySpan<char>)letters)[..length];

    /// <summary>Goes to the next word; false after the last one.</summary>
    public bool Next()
    {
        var at = End;
        var kind = Kind.Separator;
        var size = 0;
        while (at < text.Length && (kind = KindAt(at, out size)) == Kind.Separator)
        {
            at += size;
        }

        (Start, End, length) = (at, at, 0);
        if (at >= text.Length)
        {
            return false;
        }

        IsLetter = kind == Kind.Letter;
        do
        {
            Take(at, size);
            at += size;
        }
        while (!IsLetter && at < text.Length && KindAt(at, out size) == Kind.Word);

        End = at;
        return true;
    }

    private void Take(int at, int size)
    {
        if (length + size > Longest)
        {
            return;
        }

        Span<char> room = letters;
        var letter = text[at];
        if (letter < 0x80)
        {
            room[length++] = (char)(letter is >= 'A' and <= 'Z' ? letter | 0x20 : letter);
        }
        else if (Rune.DecodeFromUtf16(text[at..], out var rune, out _) == OperationStatus.Done)
        {
            length += Rune.ToLowerInvariant(rune).EncodeToUtf16(room[length..]);
        }
    }

    private readonly Kind KindAt(int at, out int size)
    {
        size = 1;
        var letter = text[at];
        if (letter < 0x80)
        {
            return AsciiWord.Contains(letter) ? Kind.Word : Kind.Separator;
        }

        if (Rune.DecodeFromUtf16(text[at..], out var rune, out size) != OperationStatus.Done)
        {
            return Kind.Separator;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            // How to draw the emoji before it.
            _ when rune.Value is >= 0xFE00 and <= 0xFE0F => Kind.Separator,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter => Kind.Word,
            UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
                or UnicodeCategory.OtherNumber => StandsAlone(rune.Value) ? Kind.Letter : Kind.Word,
            // An emoji is looked for like a letter.
            UnicodeCategory.OtherSymbol => Kind.Letter,
            _ => Kind.Separator,
        };
    }

    /// <summary>Thai, Lao, Tibetan, Myanmar, Khmer, kana, Chinese characters, Hangul.</summary>
    private static bool StandsAlone(int value) => value is
        (>= 0x0E00 and <= 0x0FFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x1100 and <= 0x11FF)
        or (>= 0x2E80 and <= 0x9FFF) or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFF66 and <= 0xFFDC) or (>= 0x1B000 and <= 0x1B2FF) or (>= 0x20000 and <= 0x3FFFF);

    private enum Kind
    {
        Separator,
        Word,
        Letter,
    }

    [System.Runtime.CompilerServices.InlineArray(Longest + 2)]
    private struct Letters
    {
        private char first;
    }
}
