namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>
/// Reads <c>body_parts</c>: ranges of pieces as the log writes them, <c>[[1,3],[7,7]]</c>, and nothing else. What JSON allows
/// besides, the view <c>request_logs</c> might read in another way than this.
/// </summary>
internal ref struct PieceRanges(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int at;

    /// <summary>The first piece of the range.</summary>
    public long First { get; private set; }

    /// <summary>The last piece of the range, which is not before the first.</summary>
    public long Last { get; private set; }

    /// <summary>True once all of the text was read, and nothing was wrong with it.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Goes to the next range; false at the end, and where the text is not what the log writes.</summary>
    public bool Next()
    {
        if (at > 0 && at == text.Length - 1 && text[at] == (byte)']')
        {
            IsComplete = true;
            return false;
        }

        if (!Take(at == 0 ? (byte)'[' : (byte)',') || !Take((byte)'[') || TakeNumber() is not { } first || !Take((byte)',')
            || TakeNumber() is not { } last || !Take((byte)']') || last < first)
        {
            return false;
        }

        (First, Last) = (first, last);
        return true;
    }

    private bool Take(byte wanted) => at < text.Length && text[at++] == wanted;

    /// <summary>A whole number from 1 on, without a leading zero; null when there is none.</summary>
    private long? TakeNumber()
    {
        long value = 0;
        var digits = 0;
        // 18 digits fit into a long, whatever they are.
        for (; at < text.Length && digits < 18 && text[at] is >= (byte)'0' and <= (byte)'9'; at++, digits++)
        {
            value = (value * 10) + (text[at] - '0');
            if (value == 0)
            {
                return null;
            }
        }

        return digits > 0 ? value : null;
    }
}
