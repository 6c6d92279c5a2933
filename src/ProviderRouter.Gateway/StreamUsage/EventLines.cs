namespace ProviderRouter.Gateway.StreamUsage;

/// <summary>The lines of an event, one after the other.</summary>
internal ref struct EventLines(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int next;

    /// <summary>Where the present line begins.</summary>
    public int Start { get; private set; }

    /// <summary>The present line without its end.</summary>
    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>The present line with its end, if it has one.</summary>
    public readonly ReadOnlySpan<byte> Whole => text[Start..next];

    /// <summary>Goes to the next line, which may be cut off; false behind the last.</summary>
    public bool MoveNext()
    {
        Start = next;
        var rest = text[next..];
        var length = rest.IndexOfAny((byte)'\n', (byte)'\r');
        Line = length < 0 ? rest : rest[..length];
        var end = length < 0 ? default : rest[length..];
        next += Line.Length + (end.StartsWith("\r\n"u8) ? 2 : end.IsEmpty ? 0 : 1);
        return Start < text.Length;
    }
}
