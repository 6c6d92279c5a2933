using System.Globalization;
using System.Text;

namespace ProviderRouter.Cli.Output;

/// <summary>
/// Makes text safe to print: names of models come from clients and from providers, who may put anything into them. What a
/// terminal would obey is shown instead; what terminals disagree on how wide to draw is left out.
/// </summary>
internal static class PrintableText
{
    private const char Unknown = '\uFFFD';

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
