using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProviderRouter.Cli.Output;

/// <summary>Phrases in a row, broken at blanks where they meet the end of the terminal.</summary>
/// <remarks>Spectre's own wrapping does not end where a cluster of letters is wider than the line, and a model's name may be one.</remarks>
internal sealed class WrappedLine(params IReadOnlyList<Phrase> phrases) : IRenderable
{
    private static readonly Piece Ellipsis = new("…", 1, Tone.Plain);

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(1, maxWidth), maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        Lines(maxWidth).SelectMany(line => line.Append(Segment.LineBreak));

    /// <summary>The lines, at least one, none wider than <paramref name="width"/>.</summary>
    public IEnumerable<IReadOnlyList<Segment>> Lines(int width)
    {
        if (phrases.Sum(phrase => phrase.Width) <= width)
        {
            yield return [.. phrases.Select(phrase => phrase.ToSegment())];
            yield break;
        }

        var pieces = phrases.SelectMany(Pieces).Select(piece => piece.Width <= width ? piece : Ellipsis).ToList();
        for (var start = 0; start < pieces.Count;)
        {
            var (end, next) = Break(pieces, start, width);
            yield return [.. pieces[start..end].Select(piece => new Segment(piece.Text, piece.Tone.Style()))];
            start = next;
        }
    }

    /// <summary>Where the line that begins at <paramref name="start"/> ends, and where the next one begins.</summary>
    private static (int End, int Next) Break(List<Piece> pieces, int start, int width)
    {
        var (end, afterWord, isIndent) = (start, -1, true);
        for (var used = 0; end < pieces.Count && used + pieces[end].Width <= width; end++)
        {
            used += pieces[end].Width;
            afterWord = pieces[end].IsBlank && !isIndent ? end : afterWord;
            isIndent &= pieces[end].IsBlank;
        }

        return end == pieces.Count ? (end, end)
            : pieces[end].IsBlank ? (end, end + 1)
            : afterWord >= 0 ? (afterWord, afterWord + 1)
            : (Math.Max(end, start + 1), Math.Max(end, start + 1));
    }

    private static IEnumerable<Piece> Pieces(Phrase phrase)
    {
        for (var start = 0; start < phrase.Text.Length;)
        {
            var text = StringInfo.GetNextTextElement(phrase.Text, start);
            yield return new Piece(text, text.GetCellWidth(), phrase.Tone);
            start += text.Length;
        }
    }

    /// <summary>What is never broken: a letter with its marks.</summary>
    private readonly record struct Piece(string Text, int Width, Tone Tone)
    {
        public bool IsBlank => Text == " ";
    }
}
