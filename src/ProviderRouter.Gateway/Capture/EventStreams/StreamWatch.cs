namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>
/// Watches the events of a stream as they pass to the client, in pieces of any size: for the one that clients take for the
/// stream's end, and for the first that brings something for the user. Source:
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
/// </summary>
internal sealed class StreamWatch
{
    private WatchedEvent current;
    private KeptBytes split;
    private byte splitLast;
    private bool afterReturn;
    private bool atStart = true;
    private bool ended;

    /// <summary>True once the first token passed: the first event with content, reasoning, a refusal or a tool call.</summary>
    public bool SawFirstToken => current.SawContent;

    /// <summary>How many events passed.</summary>
    public int Events => current.Count;

    /// <summary>
    /// Looks at the next bytes. They tell the end when they complete a line that makes an event <c>[DONE]</c>,
    /// <c>message_stop</c>, <c>response.completed</c>, <c>response.incomplete</c> or <c>response.failed</c>; only the first
    /// such event counts.
    /// </summary>
    /// <returns>Where in these bytes that event begins, 0 when it began in earlier ones; -1 when they do not tell the end.</returns>
    public int Watch(ReadOnlySpan<byte> bytes)
    {
        var start = SkipLineFeed(bytes);
        var eventStart = 0;
        while (start < bytes.Length && !ended)
        {
            var rest = bytes[start..];
            var length = rest.IndexOfAny((byte)'\n', (byte)'\r');
            eventStart = current.Began ? eventStart : start;
            if (length < 0)
            {
                Keep(rest);
                ended = current.IsDone(WithoutMark(split.Span));
                return ended ? eventStart : -1;
            }

            ended = TakeLine(rest[..length]);
            start += length + 1;
            afterReturn = rest[length] == '\r';
            start += SkipLineFeed(bytes[start..]);
            if (ended)
            {
                return eventStart;
            }
        }

        return -1;
    }

    /// <summary>The second half of CR LF, which may come in other bytes than the first.</summary>
    private int SkipLineFeed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return 0;
        }

        var found = afterReturn && bytes[0] == '\n';
        afterReturn = false;
        return found ? 1 : 0;
    }

    private bool TakeLine(ReadOnlySpan<byte> piece)
    {
        var line = piece;
        if (!split.IsEmpty)
        {
            Keep(piece);
            line = split.Span;
        }

        line = WithoutMark(line);
        var last = line.IsEmpty ? (byte)0 : split.IsEmpty ? line[^1] : splitLast;
        var ends = current.Add(line, last);
        split.Clear();
        atStart = false;
        return ends;
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        split.Append(piece);
        splitLast = piece.IsEmpty ? splitLast : piece[^1];
    }

    /// <summary>A stream may begin with a byte order mark.</summary>
    private ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line) =>
        atStart && line.StartsWith("\uFEFF"u8) ? line["\uFEFF"u8.Length..] : line;
}
