using Spectre.Console.Rendering;

namespace ProviderRouter.Cli.Output;

/// <summary>
/// Rows in aligned columns, without lines between them. On a terminal it is never wider than that; in a pipe nothing is cut,
/// so that grep and awk see all of it.
/// </summary>
/// <remarks>Spectre's own table wraps cells when there is little room, and shows nothing but an ellipsis at 40 columns.</remarks>
internal sealed class FittedTable(params IReadOnlyList<Column> columns) : IRenderable
{
    private readonly List<Row> rows = [new([.. columns.Select(column => new Phrase(column.Header, Tone.Strong))], Note: null)];

    /// <summary>No column is narrower than this, where there is room; of rows that go on after others. Default: nothing.</summary>
    public IReadOnlyList<int> LeastWidths { get; init; } = [];

    /// <summary>False for rows that go on after others. Default: true.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Adds a row: a phrase for each column, and perhaps a note that stands on a line of its own below.</summary>
    public void Add(IReadOnlyList<Phrase> cells, Phrase? note = null) => Add(cells, note is { } one ? [one] : null);

    /// <inheritdoc cref="Add(IReadOnlyList{Phrase}, Phrase?)"/>
    public void Add(IReadOnlyList<Phrase> cells, IReadOnlyList<Phrase>? note) => rows.Add(new Row(cells, note));

    /// <summary>How wide each column would be with room for everything.</summary>
    public int[] NaturalWidths() =>
        [.. Enumerable.Range(0, columns.Count).Select(i => Math.Max(rows.Max(row => row.Cells[i].Width), LeastWidths.ElementAtOrDefault(i)))];

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(1, maxWidth), maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var widths = ColumnFit.Widths(columns, NaturalWidths(), maxWidth);
        foreach (var row in HasHeader ? rows : rows.Skip(1))
        {
            foreach (var segment in Line(row.Cells, widths))
            {
                yield return segment;
            }

            yield return Segment.LineBreak;
            if (row.Note is { } note)
            {
                yield return new Phrase("  └ ", Tone.Faint).Cut(maxWidth).ToSegment();
                var room = Math.Max(0, maxWidth - 4);
                foreach (var phrase in note)
                {
                    yield return phrase.Cut(room).ToSegment();
                    room = Math.Max(0, room - phrase.Width);
                }

                yield return Segment.LineBreak;
            }
        }
    }

    private IEnumerable<Segment> Line(IReadOnlyList<Phrase> cells, int[] widths)
    {
        // Blanks are written only once something follows them: no line ends with one.
        var blanks = 0;
        for (var i = 0; i < cells.Count; i++)
        {
            if (widths[i] == 0)
            {
                continue;
            }

            var cell = cells[i].Cut(widths[i]);
            var missing = widths[i] - cell.Width;
            if (cell.Text.Length > 0)
            {
                yield return Segment.Padding(blanks + (columns[i].AlignRight ? missing : 0));
                yield return cell.ToSegment();
                blanks = columns[i].AlignRight ? 0 : missing;
            }
            else
            {
                blanks += widths[i];
            }

            blanks += ColumnFit.Gap;
        }
    }

    private sealed record Row(IReadOnlyList<Phrase> Cells, IReadOnlyList<Phrase>? Note);
}
