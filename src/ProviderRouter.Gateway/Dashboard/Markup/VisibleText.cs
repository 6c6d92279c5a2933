using System.Text;
using Microsoft.AspNetCore.Html;

namespace ProviderRouter.Gateway.Dashboard.Markup;

/// <summary>
/// Text of strangers as HTML that shows all of it: what HTML would take for its own is escaped, and letters that nobody can see, or that turn
/// the direction of those around them, are named (<c>U+202E</c>).
/// </summary>
internal static class VisibleText
{
    /// <summary>So many hidden letters of a text are named, which takes twenty times the room; of more there is only a sign that they are there.</summary>
    private const int MostNamed = 2000;

    /// <summary>The text on its own.</summary>
    public static HtmlString Of(string? text)
    {
        var html = new StringBuilder((text?.Length ?? 0) + 16);
        Append(html, text);
        return new HtmlString(html.ToString());
    }

    /// <summary>The text with its lines and blanks as they are.</summary>
    public static HtmlString Preformatted(string text)
    {
        var html = new StringBuilder(text.Length + 64);
        AppendPreformatted(html, text);
        return new HtmlString(html.ToString());
    }

    /// <summary>Adds <see cref="Preformatted"/>.</summary>
    public static void AppendPreformatted(StringBuilder html, ReadOnlySpan<char> text)
    {
        // A parser drops a line end that comes first.
        html.Append("<pre class=\"text\" tabindex=\"0\">\n");
        Append(html, text);
        html.Append("</pre>");
    }

    /// <summary>Adds the text.</summary>
    public static void Append(StringBuilder html, ReadOnlySpan<char> text)
    {
        var (done, named) = (0, 0);
        for (var at = 0; at < text.Length;)
        {
            var length = 1;
            if (!IsPlain(text[at]) && !IsWhole(text[at..], out length))
            {
                html.Append(text[done..at]);
                at += Escape(html, text[at..], ref named);
                done = at;
                continue;
            }

            at += length;
        }

        html.Append(text[done..]);
    }

    /// <summary>Adds the text for an attribute: hidden letters are left out there, as nothing can be named in it.</summary>
    public static void AppendPlain(StringBuilder html, string? text)
    {
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                < ' ' or (>= 0x7F and < 0xA0) => html.Append(' '),
                var value when IsHidden(value) => html,
                _ => html.Append(rune.ToString()),
            };
        }
    }

    /// <summary>True of a text with letters that nobody can see, or half of one.</summary>
    public static bool HasHidden(string text) => text.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune.Value == 0xFFFD || IsHidden(rune.Value));

    private static bool IsPlain(char letter) =>
        letter is (>= ' ' and <= '~' and not ('&' or '<' or '>' or '"' or '\'')) or '\n' or '\t';

    /// <summary>True of a letter beyond ASCII that can be seen.</summary>
    private static bool IsWhole(ReadOnlySpan<char> text, out int length)
    {
        var isRune = Rune.DecodeFromUtf16(text, out var rune, out length) == System.Buffers.OperationStatus.Done;
        return isRune && rune.Value >= 0xA0 && !IsHidden(rune.Value);
    }

    /// <returns>How many letters it took.</returns>
    private static int Escape(StringBuilder html, ReadOnlySpan<char> text, ref int named)
    {
        switch (text[0])
        {
            case '&':
                html.Append("&amp;");
                return 1;
            case '<':
                html.Append("&lt;");
                return 1;
            case '>':
                html.Append("&gt;");
                return 1;
            case '"':
                html.Append("&quot;");
                return 1;
            case '\'':
                html.Append("&#39;");
                return 1;
            case '\r' when text.Length > 1 && text[1] == '\n':
                return 1;
            case < ' ':
                // Pictures of control characters: ␛ for escape, ␀ for a NUL.
                html.Append((char)('\u2400' + text[0]));
                return 1;
            case '\x7F':
                html.Append('\u2421');
                return 1;
            default:
                return Name(html, text, ref named);
        }
    }

    /// <summary>The names of all hidden letters that stand together.</summary>
    private static int Name(StringBuilder html, ReadOnlySpan<char> text, ref int named)
    {
        if (Rune.DecodeFromUtf16(text, out _, out var used) != System.Buffers.OperationStatus.Done || named >= MostNamed)
        {
            // Half of a letter, or one too many.
            html.Append('\uFFFD');
            return used;
        }

        html.Append("<span class=\"hidden-letter\">");
        var at = 0;
        while (at < text.Length && named < MostNamed && Rune.DecodeFromUtf16(text[at..], out var rune, out used) == System.Buffers.OperationStatus.Done
            && (IsHidden(rune.Value) || rune.Value is >= 0x80 and < 0xA0))
        {
            html.Append(at == 0 ? "U+" : " U+").Append(rune.Value.ToString("X4", provider: null));
            at += used;
            named++;
        }

        html.Append("</span>");
        return at;
    }

    /// <summary>Marks of direction, letters without width, and those that only repeat ASCII unseen. Joiners are parts of letters.</summary>
    private static bool IsHidden(int value) => value is 0xAD or 0x61C or 0x180E or 0x200B or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E)
        or (>= 0x2060 and <= 0x206F) or 0xFEFF or (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE007F);
}
