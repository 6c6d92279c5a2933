namespace ProviderRouter.Comparison.Texts;

/// <summary>
/// What of one sequence is missing in another, and the other way round, with as few changes as can be. Source: E. W. Myers, An O(ND)
/// Difference Algorithm and Its Variations (1986), the linear-space variant.
/// </summary>
/// <remarks>Where two parts have next to nothing in common they count as changed as a whole, so that the time is bounded.</remarks>
internal sealed class SequenceDiff
{
    /// <summary>So many changes are looked for from each end of a part; beyond that it counts as changed.</summary>
    private const int MostSteps = 6_000;

    private readonly int[] left;
    private readonly int[] right;
    private readonly int[] forward;
    private readonly int[] backward;
    private readonly int zero;

    private SequenceDiff(int[] left, int[] right)
    {
        (this.left, this.right, zero) = (left, right, right.Length + 1);
        (forward, backward) = (new int[left.Length + right.Length + 3], new int[left.Length + right.Length + 3]);
        (Removed, Added) = (new bool[left.Length], new bool[right.Length]);
    }

    /// <summary>True for what stands in the left one alone.</summary>
    public bool[] Removed { get; }

    /// <summary>True for what stands in the right one alone.</summary>
    public bool[] Added { get; }

    public static SequenceDiff Of(int[] left, int[] right)
    {
        var diff = new SequenceDiff(left, right);
        diff.Compare(0, left.Length, 0, right.Length);
        return diff;
    }

    private void Compare(int leftStart, int leftEnd, int rightStart, int rightEnd)
    {
        while (leftStart < leftEnd && rightStart < rightEnd && left[leftStart] == right[rightStart])
        {
            (leftStart, rightStart) = (leftStart + 1, rightStart + 1);
        }

        while (leftStart < leftEnd && rightStart < rightEnd && left[leftEnd - 1] == right[rightEnd - 1])
        {
            (leftEnd, rightEnd) = (leftEnd - 1, rightEnd - 1);
        }

        if (leftStart < leftEnd && rightStart < rightEnd && Middle(leftStart, leftEnd, rightStart, rightEnd) is var (x, y))
        {
            Compare(leftStart, x, rightStart, y);
            Compare(x, leftEnd, y, rightEnd);
            return;
        }

        Array.Fill(Removed, value: true, leftStart, leftEnd - leftStart);
        Array.Fill(Added, value: true, rightStart, rightEnd - rightStart);
    }

    /// <summary>A place on a shortest way from the start to the end, met from both; null when it is too far.</summary>
    private (int X, int Y)? Middle(int leftStart, int leftEnd, int rightStart, int rightEnd)
    {
        // Diagonals are numbered x - y. Each holds how far a way with so many changes comes.
        var (lowest, highest) = (leftStart - rightEnd, leftEnd - rightStart);
        var (fromStart, fromEnd) = (leftStart - rightStart, leftEnd - rightEnd);
        var (startLow, startHigh, endLow, endHigh) = (fromStart, fromStart, fromEnd, fromEnd);
        var meetsForward = ((fromStart - fromEnd) & 1) != 0;
        (forward[zero + fromStart], backward[zero + fromEnd]) = (leftStart, leftEnd);
        for (var step = 1; step <= MostSteps; step++)
        {
            startLow = Widen(forward, startLow, lowest, -1, int.MinValue / 2);
            startHigh = Widen(forward, startHigh, highest, 1, int.MinValue / 2);
            for (var diagonal = startHigh; diagonal >= startLow; diagonal -= 2)
            {
                var x = Math.Max(forward[zero + diagonal - 1] + 1, forward[zero + diagonal + 1]);
                while (x < leftEnd && x - diagonal < rightEnd && left[x] == right[x - diagonal])
                {
                    x++;
                }

                forward[zero + diagonal] = x;
                if (meetsForward && diagonal >= endLow && diagonal <= endHigh && backward[zero + diagonal] <= x)
                {
                    return (x, x - diagonal);
                }
            }

            endLow = Widen(backward, endLow, lowest, -1, int.MaxValue / 2);
            endHigh = Widen(backward, endHigh, highest, 1, int.MaxValue / 2);
            for (var diagonal = endHigh; diagonal >= endLow; diagonal -= 2)
            {
                var x = Math.Min(backward[zero + diagonal - 1], backward[zero + diagonal + 1] - 1);
                while (x > leftStart && x - diagonal > rightStart && left[x - 1] == right[x - diagonal - 1])
                {
                    x--;
                }

                backward[zero + diagonal] = x;
                if (!meetsForward && diagonal >= startLow && diagonal <= startHigh && x <= forward[zero + diagonal])
                {
                    return (x, x - diagonal);
                }
            }
        }

        return null;
    }

    /// <summary>One diagonal further, or, at the edge, one back.</summary>
    private int Widen(int[] reached, int diagonal, int edge, int direction, int nothing)
    {
        if (diagonal == edge)
        {
            return diagonal - direction;
        }

        reached[zero + diagonal + (2 * direction)] = nothing;
        return diagonal + direction;
    }
}
