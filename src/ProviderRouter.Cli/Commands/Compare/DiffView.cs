using ProviderRouter.Cli.Output;
using ProviderRouter.Comparison.Texts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProviderRouter.Cli.Commands.Compare;

/// <summary>Two texts and what differs in them: side by side on a terminal that is wide enough, else one in the other.</summary>
internal sealed class DiffView(TextDiff diff, bool isTerminal) : IRenderable
{
    /// <summary>A terminal with fewer columns shows one text in the other.</summary>
    private const int LeastForTwo = 100;

    private const string Between = " │ ";

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(1, maxWidth), maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var hasColors = options.ColorSystem != ColorSystem.NoColors;
        return !isTerminal ? Unbroken(hasColors) : maxWidth >= LeastForTwo ? SideBySide(hasColors, maxWidth) : Unified(hasColors, maxWidth);
    }

    /// <summary>In a pipe no line is broken, however long it is.</summary>
    private IEnumerable<Segment> Unbroken(bool hasColors) =>
        DiffLines.Unified(diff, hasColors).SelectMany(line => line.Select(phrase => phrase.ToSegment()).Append(Segment.LineBreak));

    private IEnumerable<Segment> Unified(bool hasColors, int width) =>
        DiffLines.Unified(diff, hasColors).SelectMany(line => Wrapped(line, width)).SelectMany(line => line.Append(Segment.LineBreak));

    private IEnumerable<Segment> SideBySide(bool hasColors, int width)
    {
        var half = (width - Between.Length) / 2;
        foreach (var (left, right) in DiffLines.Rows(diff, hasColors))
        {
            var (one, other) = (left.SelectMany(line => Wrapped(line, half)).ToList(), right.SelectMany(line => Wrapped(line, half)).ToList());
            for (var i = 0; i < Math.Max(one.Count, other.Count); i++)
            {
                IReadOnlyList<Segment> shown = i < one.Count ? one[i] : [];
                foreach (var segment in shown)
                {
                    yield return segment;
                }

                yield return Segment.Padding(Math.Max(0, half - shown.Sum(segment => segment.CellCount())));
                yield return new Phrase(Between.TrimEnd(), Tone.Faint).ToSegment();
                if (i < other.Count && other[i].Count > 0)
                {
                    yield return Segment.Padding(1);
                    foreach (var segment in other[i])
                    {
                        yield return segment;
                    }
                }

                yield return Segment.LineBreak;
            }
        }
    }

    private static IEnumerable<IReadOnlyList<Segment>> Wrapped(List<Phrase> line, int width) => new WrappedLine(line).Lines(width);
}
