namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>The event that is on its way, line by line.</summary>
internal struct WatchedEvent
{
    private EventKind name;
    private int dataLines;
    // JSON that is spread over several lines is read when the event is whole.
    private KeptBytes data;

    /// <summary>True once it has a line that is no comment.</summary>
    public bool Began { get; private set; }

    /// <summary>True once an event brought something for the user.</summary>
    public bool SawContent { get; private set; }

    /// <summary>How many events there were before it.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a line, which may be cut off. True when with it the event is one that ends a stream.</summary>
    /// <param name="line">Without its end; empty for the line that ends the event.</param>
    /// <param name="last">The last byte of the line, also of one that is cut off.</param>
    public bool Add(ReadOnlySpan<byte> line, byte last)
    {
        if (line.IsEmpty)
        {
            return EndsHere();
        }

        if (line[0] == ':')
        {
            return false;
        }

        Began = true;
        if (EventLine.Is("data"u8, line, out var value))
        {
            return AddData(value, last);
        }

        if (EventLine.Is("event"u8, line, out value))
        {
            name = EventKinds.Of(value);
            return name == EventKind.End && dataLines > 0;
        }

        return false;
    }

    /// <summary>True when a line that has not ended yet is already <c>data: [DONE]</c>: some clients wait for no more.</summary>
    public readonly bool IsDone(ReadOnlySpan<byte> line) =>
        dataLines == 0 && EventLine.Is("data"u8, line, out var value) && EventLine.IsDone(value);

    private bool AddData(ReadOnlySpan<byte> value, byte last)
    {
        dataLines++;
        if (dataLines == 1 && EventLine.IsDone(value))
        {
            return true;
        }

        if (dataLines == 1 && last == '}')
        {
            return Judge(value);
        }

        if (dataLines == 1 || !data.IsEmpty)
        {
            data.Append(value);
            data.Append("\n"u8);
        }

        return false;
    }

    /// <summary>At the empty line. An event of that name ends a stream without data too: there are clients that give it on.</summary>
    private bool EndsHere()
    {
        var ends = name == EventKind.End || (!data.IsEmpty && Judge(data.Span));
        Count += Began ? 1 : 0;
        (name, dataLines, Began) = (EventKind.Other, 0, false);
        data.Clear();
        return ends;
    }

    private bool Judge(ReadOnlySpan<byte> json)
    {
        var type = EventData.KindOf(json);
        SawContent = SawContent || EventData.HasContent(json, type == EventKind.Other ? name : type);
        return type == EventKind.End || name == EventKind.End;
    }
}
