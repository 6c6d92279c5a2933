using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProviderRouter.Cli.Output;

/// <summary>A text of many lines, safe to print, each behind the same lead and broken at blanks where it meets the end of the terminal.</summary>
/// <param name="text">The text.</param>
/// <param name="tone">How it is meant.</param>
/// <param name="lead">What each line begins with: blanks, say.</param>
/// <param name="wraps">False to break lines nowhere but where the text does.</param>
internal sealed class TextBlock(string text, Tone tone, string lead, bool wraps) : IRenderable
{
    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(1, maxWidth), maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        // Too narrow for a lead: the text is what matters.
        var start = wraps && lead.Length > maxWidth / 2 ? "" : lead;
        var room = wraps ? maxWidth - start.Length : int.MaxValue;
        foreach (var line in PrintableText.Lines(text).SelectMany(line => Broken(line, room)))
        {
            if (start.Length > 0 && (line.Length > 0 || !string.IsNullOrWhiteSpace(start)))
            {
                yield return new Segment(line.Length > 0 ? start : start.TrimEnd(), Tone.Faint.Style());
            }

            yield return new Segment(line, tone.Style());
            yield return Segment.LineBreak;
        }
    }

    /// <summary>One line, cut into those that are no wider than <paramref name="room"/>.</summary>
    private static IEnumerable<string> Broken(string line, int room)
    {
        var (start, used, end, next) = (0, 0, 0, 0);
        for (var at = 0; at < line.Length && room < int.MaxValue;)
        {
            var length = IsPlain(line, at) ? 1 : StringInfo.GetNextTextElementLength(line, at);
            var width = length == 1 && line[at] is >= ' ' and <= '~' ? 1 : line.Substring(at, length).GetCellWidth();
            // A line ends at a blank, but not at those of its indent; and before a wide letter: such scripts have no blanks.
            if (line[at] == ' ' && at > start && line[at - 1] != ' ')
            {
                (end, next) = (at, at + 1);
            }
            else if (width == 2 && at > start && !StaysBehind(line[at]) && line[at - 1] != ' ')
            {
                (end, next) = (at, at);
            }

            if (used + width > room && at > start)
            {
                // In the middle of a word that is alone in its line.
                (end, next) = end > start ? (end, next) : (at, at);
                yield return line[start..end];
                (start, at, used, end) = (next, next, 0, next);
                continue;
            }

            used += width;
            at += length;
        }

        yield return line[start..];
    }

    // Punctuation that no line begins with.
    private static bool StaysBehind(char letter) => "，。、！？：；）」』】》…".Contains(letter);

    // Followed by no mark that belongs to it.
    private static bool IsPlain(string line, int at) => line[at] is >= ' ' and <= '~' && (at + 1 == line.Length || line[at + 1] <= '~');
}
