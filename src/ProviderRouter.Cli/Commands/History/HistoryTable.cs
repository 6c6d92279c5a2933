using ProviderRouter.AuditLog.Questions.Text;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.History;

/// <summary>Requests as rows: short ones for people, whole ones for pipes.</summary>
internal sealed class HistoryTable(IReadOnlyList<HistoryColumn>? chosen, bool forPeople, TimeProvider time)
{
    /// <summary>Marks a stream on a terminal.</summary>
    public const string StreamMark = "»";

    private readonly IReadOnlyList<HistoryColumn> columns = chosen ?? (forPeople ? HistoryColumn.OfTerminal : HistoryColumn.OfPipe);
    private int[] widths = [];

    /// <summary>True when prompts are shown, where there is room.</summary>
    public bool ShowsPrompts => columns.Any(column => column.Name == "prompt");

    /// <summary>
    /// The rows. On a terminal with local times and short words, and what went wrong or was found on a line of its own below its request;
    /// in a pipe one line a request, with a dash in a cell that has nothing.
    /// </summary>
    /// <param name="items">The requests.</param>
    /// <param name="isMore">True when rows before these were shown: no heading then, and no column becomes narrower.</param>
    public FittedTable Of(IReadOnlyList<HistoryItem> items, bool isMore = false)
    {
        var table = new FittedTable([.. columns.Select(ColumnOf)]) { LeastWidths = widths, HasHeader = !isMore };
        foreach (var item in items)
        {
            if (forPeople)
            {
                table.Add([.. columns.Select(column => column.Cell(item, time))], Below(item));
            }
            else
            {
                table.Add([.. columns.Select(column => new Phrase(column.PipeCell(item) is { Length: > 0 } cell ? cell : "-"))]);
            }
        }

        widths = table.NaturalWidths();
        return table;
    }

    private Column ColumnOf(HistoryColumn column) =>
        forPeople ? column.ForPeople : new(column.PipeHeader, AlignRight: column.ForPeople.AlignRight || column.Name == "status");

    private static List<Phrase>? Below(HistoryItem item) =>
        item.Hit is { } hit ? Marked(hit)
        : item.Record.Outcome is null or "ok" ? null
        : [new Phrase(item.Record.Error ?? item.Record.Outcome, HistoryColumn.Status(item.Record).Tone)];

    /// <summary>What was found, with what was looked for in it set apart.</summary>
    private static List<Phrase> Marked(TextHit hit) =>
        [.. hit.Pieces.Select(piece => new Phrase(piece.Text, piece.IsMark ? Tone.Found : Tone.Faint))];
}
