using Spectre.Console.Rendering;

namespace ProviderRouter.Cli.Output;

/// <summary>Names and values, a line each; a value that is too long goes on below itself.</summary>
internal sealed class FactSheet : IRenderable
{
    private readonly List<(Phrase Name, Phrase Value)> facts = [];

    public void Add(string name, Phrase value) => facts.Add((new Phrase(name, Tone.Faint), value));

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(1, maxWidth), maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var indent = facts.Max(fact => fact.Name.Width) + ColumnFit.Gap;
        // Too narrow for two columns: the value stands below its name.
        var isStacked = maxWidth < indent * 2;
        var room = Math.Max(1, maxWidth - (isStacked ? ColumnFit.Gap : indent));
        foreach (var (name, value) in facts)
        {
            yield return name.Cut(maxWidth).ToSegment();
            var lead = Segment.Padding(indent - name.Width);
            if (isStacked)
            {
                yield return Segment.LineBreak;
                lead = Segment.Padding(ColumnFit.Gap);
            }

            foreach (var line in new WrappedLine(value).Lines(room))
            {
                yield return lead;
                foreach (var segment in line)
                {
                    yield return segment;
                }

                yield return Segment.LineBreak;
                lead = Segment.Padding(isStacked ? ColumnFit.Gap : indent);
            }
        }
    }
}
