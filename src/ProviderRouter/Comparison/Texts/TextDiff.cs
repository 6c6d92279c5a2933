using System.Text;

namespace ProviderRouter.Comparison.Texts;

/// <summary>Two texts, piece by piece: what both have, and what one alone has.</summary>
/// <param name="Unit">What was compared.</param>
/// <param name="Pieces">In order; of a place that changed, first what is gone, then what is new.</param>
public sealed record TextDiff(DiffUnit Unit, IReadOnlyList<DiffPiece> Pieces)
{
    /// <summary>Of a text with more words than this, lines are compared; of one with more lines, nothing but the whole.</summary>
    public const int MostWords = 20_000;

    // A word and what stands behind it.
    private const int MostPieces = 2 * MostWords;

    /// <summary>True when both texts are the same.</summary>
    public bool IsSame => Pieces.All(piece => piece.Kind == DiffKind.Same);

    /// <summary>Compares two texts. What they have for the ends of lines does not count.</summary>
    public static TextDiff Of(string left, string right)
    {
        (left, right) = (left.ReplaceLineEndings("\n"), right.ReplaceLineEndings("\n"));
        if (left == right)
        {
            return new(DiffUnit.Word, left.Length == 0 ? [] : [new DiffPiece(DiffKind.Same, left)]);
        }

        var (leftWords, rightWords, unit) = (Words.Split(left, MostPieces), Words.Split(right, MostPieces), DiffUnit.Word);
        if (Math.Max(leftWords.Count, rightWords.Count) > MostPieces)
        {
            (leftWords, rightWords, unit) = (Words.Lines(left, MostPieces), Words.Lines(right, MostPieces), DiffUnit.Line);
        }

        if (Math.Max(leftWords.Count, rightWords.Count) > MostPieces)
        {
            return new(DiffUnit.Text, [new DiffPiece(DiffKind.Removed, left), new DiffPiece(DiffKind.Added, right)]);
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var diff = SequenceDiff.Of(Numbered(leftWords, numbers), Numbered(rightWords, numbers));
        return new(unit, Pieced(leftWords, diff.Removed, rightWords, diff.Added));
    }

    private static int[] Numbered(List<string> words, Dictionary<string, int> numbers)
    {
        var numbered = new int[words.Count];
        for (var i = 0; i < numbered.Length; i++)
        {
            if (!numbers.TryGetValue(words[i], out numbered[i]))
            {
                numbers.Add(words[i], numbered[i] = numbers.Count);
            }
        }

        return numbered;
    }

    private static List<DiffPiece> Pieced(List<string> left, bool[] removed, List<string> right, bool[] added)
    {
        var (pieces, same, gone, @new) = (new List<DiffPiece>(), new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var (i, j) = (0, 0); i < left.Count || j < right.Count;)
        {
            if (i < left.Count && removed[i])
            {
                Settle(DiffKind.Same, same);
                gone.Append(left[i++]);
            }
            else if (j < right.Count && added[j])
            {
                Settle(DiffKind.Same, same);
                @new.Append(right[j++]);
            }
            else if ((gone.Length > 0 || @new.Length > 0) && IsBlank(left[i]) && ChangesNext(i + 1, j + 1))
            {
                // A blank between two words that changed: read as one change.
                gone.Append(left[i++]);
                @new.Append(right[j++]);
            }
            else
            {
                Settle(DiffKind.Removed, gone);
                Settle(DiffKind.Added, @new);
                same.Append(left[i++]);
                j++;
            }
        }

        Settle(DiffKind.Same, same);
        Settle(DiffKind.Removed, gone);
        Settle(DiffKind.Added, @new);
        return pieces;

        bool ChangesNext(int i, int j) => i < left.Count && removed[i] && j < right.Count && added[j] && gone.Length > 0 && @new.Length > 0;

        void Settle(DiffKind kind, StringBuilder text)
        {
            if (text.Length > 0)
            {
                pieces.Add(new DiffPiece(kind, text.ToString()));
                text.Clear();
            }
        }
    }

    private static bool IsBlank(string word) => word[^1] != '\n' && string.IsNullOrWhiteSpace(word);
}

/// <summary>What two texts were compared by.</summary>
public enum DiffUnit
{
    /// <summary>Words, and characters of scripts that are written without blanks.</summary>
    Word,

    /// <summary>Lines.</summary>
    Line,

    /// <summary>The whole.</summary>
    Text,
}

/// <summary>Which text a piece stands in.</summary>
public enum DiffKind
{
    /// <summary>In both.</summary>
    Same,

    /// <summary>In the left one alone.</summary>
    Removed,

    /// <summary>In the right one alone.</summary>
    Added,
}

/// <summary>A piece of two texts.</summary>
/// <param name="Kind">Which of them it stands in.</param>
/// <param name="Text">As it stands there.</param>
public sealed record DiffPiece(DiffKind Kind, string Text);
