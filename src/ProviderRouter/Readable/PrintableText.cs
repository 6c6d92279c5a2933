using System.Globalization;
using System.Text;

namespace ProviderRouter.Readable;

/// <summary>
/// Makes text safe to print: names of models come from clients and from providers, who may put anything into them. What a
/// terminal would obey is shown instead; what terminals disagree on how wide to draw is left out.
/// </summary>
public static class PrintableText
{
    private const int TabStop = 4;

    private const char Unknown = '\uFFFD';

    /// <summary>The text on one line, safe to print.</summary>
    public static string From(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsLeftOut(rune.Value))
            {
                safe.Append(Shown(rune).ToString());
            }
        }

        return safe.ToString();
    }

    /// <summary>The lines of a text, each of them safe to print; a tab becomes blanks up to the next multiple of four letters.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            yield return From(line.Contains('\t') ? WithoutTabs(line) : line);
        }
    }

    /// <summary>True of a text that can be printed as it is, lines and all.</summary>
    public static bool IsSafe(string text) => text.Split('\n').All(line => From(line) == line);

    private static string WithoutTabs(string line)
    {
        var text = new StringBuilder(line.Length + 16);
        foreach (var letter in line)
        {
            text.Append(letter == '\t' ? ' ' : letter, letter == '\t' ? TabStop - (text.Length % TabStop) : 1);
        }

        return text.ToString();
    }

    private static Rune Shown(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        // Pictures of control characters: ␛ for escape, ␊ for a line feed.
        UnicodeCategory.Control when rune.Value < ' ' => new Rune('\u2400' + rune.Value),
        UnicodeCategory.Control when rune.Value == 0x7F => new Rune('\u2421'),
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => new Rune(Unknown),
        _ => rune,
    };

    /// <summary>Joiners, variation selectors and skin tones.</summary>
    private static bool IsLeftOut(int value) =>
        value is 0x200C or 0x200D or (>= 0xFE00 and <= 0xFE0F) or (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0100 and <= 0xE01EF);
}
