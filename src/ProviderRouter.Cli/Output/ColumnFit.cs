namespace ProviderRouter.Cli.Output;

/// <summary>Decides how wide each column of a table is drawn, and which are left out.</summary>
internal static class ColumnFit
{
    /// <summary>The blanks between two columns.</summary>
    public const int Gap = 2;

    /// <summary>
    /// The widths that fit into <paramref name="room"/>: the widest columns are cut first, none below its minimum; where that is
    /// not enough, a column is left out and the others are tried again.
    /// </summary>
    /// <returns>A width for each column; 0 for one that is left out.</returns>
    public static int[] Widths(IReadOnlyList<Column> columns, IReadOnlyList<int> natural, int room)
    {
        var shown = Enumerable.Range(0, columns.Count).Where(i => natural[i] > 0).ToList();
        while (true)
        {
            var widths = natural.Select((width, i) => shown.Contains(i) ? width : 0).ToArray();
            var excess = widths.Sum() + (Gap * (shown.Count - 1)) - room;
            if (CutWidest(widths, columns, excess))
            {
                return widths;
            }

            if (shown is [var last])
            {
                widths[last] = room;
                return widths;
            }

            // MinBy takes the first of equals: of the columns without a turn, the last one goes first.
            shown.Remove(Enumerable.Reverse(shown).MinBy(i => columns[i].LeavesAt ?? int.MaxValue));
        }
    }

    /// <summary>Takes the excess from the widest that may be cut; false when they cannot give all of it.</summary>
    private static bool CutWidest(int[] widths, IReadOnlyList<Column> columns, int excess)
    {
        for (; excess > 0; excess--)
        {
            var widest = -1;
            for (var i = 0; i < widths.Length; i++)
            {
                if (widths[i] > (columns[i].MinWidth ?? int.MaxValue) && (widest < 0 || widths[i] > widths[widest]))
                {
                    widest = i;
                }
            }

            if (widest < 0)
            {
                return false;
            }

            widths[widest]--;
        }

        return true;
    }
}
