using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProviderRouter.Cli.Output;

/// <summary>
/// Text for people, and its tone. Making one neutralises what a terminal would obey (<see cref="PrintableText"/>), so whatever
/// is printed through phrases is safe to print, wherever it came from.
/// </summary>
internal readonly record struct Phrase
{
    public Phrase(string text, Tone tone = Tone.Plain)
    {
        Text = PrintableText.From(text);
        Tone = tone;
        Width = Text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? Text.GetCellWidth() : Text.Length;
    }

    public string Text { get; }

    public Tone Tone { get; }

    /// <summary>The columns that it takes on a terminal.</summary>
    public int Width { get; }

    public static implicit operator Phrase(string text) => new(text);

    /// <summary>Cuts it to this many columns, with an ellipsis in place of what is missing.</summary>
    public Phrase Cut(int width)
    {
        if (Width <= width)
        {
            return this;
        }

        var (kept, length) = (0, 0);
        while (length < Text.Length)
        {
            var next = StringInfo.GetNextTextElementLength(Text, length);
            kept += Text.Substring(length, next).GetCellWidth();
            if (kept >= width)
            {
                break;
            }

            length += next;
        }

        return new Phrase(width > 0 ? string.Concat(Text.AsSpan(0, length), "…") : "", Tone);
    }

    public Segment ToSegment() => new(Text, Tone.Style());
}
