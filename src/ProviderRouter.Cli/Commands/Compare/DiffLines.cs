using ProviderRouter.Cli.Output;
using ProviderRouter.Comparison.Texts;

namespace ProviderRouter.Cli.Commands.Compare;

/// <summary>The pieces of two texts as lines of phrases.</summary>
internal static class DiffLines
{
    /// <summary>One after the other; without colours in marks: <c>[-gone-] {+new+}</c>.</summary>
    public static List<List<Phrase>> Unified(TextDiff diff, bool hasColors)
    {
        List<List<Phrase>> lines = [[]];
        foreach (var piece in diff.Pieces)
        {
            Add(lines, piece, hasColors);
        }

        return lines;
    }

    /// <summary>Side by side: rows that begin where both texts go on alike.</summary>
    public static List<(List<List<Phrase>> Left, List<List<Phrase>> Right)> Rows(TextDiff diff, bool hasColors)
    {
        List<(List<List<Phrase>> Left, List<List<Phrase>> Right)> rows = [([[]], [[]])];
        foreach (var piece in diff.Pieces)
        {
            var parts = piece.Kind == DiffKind.Same ? piece.Text.Split('\n') : [piece.Text];
            for (var i = 0; i < parts.Length; i++)
            {
                if (i > 0)
                {
                    rows.Add(([[]], [[]]));
                }

                var part = piece with { Text = parts[i] };
                if (piece.Kind != DiffKind.Added)
                {
                    Add(rows[^1].Left, part, hasColors);
                }

                if (piece.Kind != DiffKind.Removed)
                {
                    Add(rows[^1].Right, part, hasColors);
                }
            }
        }

        return rows;
    }

    private static void Add(List<List<Phrase>> lines, DiffPiece piece, bool hasColors)
    {
        var (before, after, tone) = piece.Kind switch
        {
            DiffKind.Removed => ("[-", "-]", Tone.Bad),
            DiffKind.Added => ("{+", "+}", Tone.Good),
            _ => ("", "", Tone.Plain),
        };
        var parts = piece.Text.Replace("\t", "    ", StringComparison.Ordinal).Split('\n');
        for (var i = 0; i < parts.Length; i++)
        {
            // An end of a line that changed has a mark of its own, or nobody would see it.
            var text = piece.Kind != DiffKind.Same && i < parts.Length - 1 ? $"{parts[i]}↵" : parts[i];
            if (i > 0)
            {
                lines.Add([]);
            }

            if (text.Length > 0)
            {
                lines[^1].Add(new Phrase(hasColors ? text : $"{before}{text}{after}", tone));
            }
        }
    }
}
