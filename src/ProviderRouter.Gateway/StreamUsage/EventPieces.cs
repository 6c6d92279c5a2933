namespace ProviderRouter.Gateway.StreamUsage;

/// <summary>
/// Finds where the events of a stream end, in bytes that come in pieces of any size. A comment before an event's first line is
/// a piece of its own, so that it need not wait for the event. Source:
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
/// </summary>
internal struct EventPieces()
{
    private bool isAtStart = true;
    private bool isComment;
    private bool isInLine;
    private bool isAfterReturn;

    /// <summary>How many of these bytes, which follow those of the call before, complete the present piece; -1 when it goes on.</summary>
    public int Next(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (isAfterReturn)
            {
                isAfterReturn = false;
                if (bytes[at] == '\n')
                {
                    at++;
                    if (isAtStart)
                    {
                        // The late second half of the end of the piece before, which cannot wait either.
                        return at;
                    }

                    continue;
                }
            }

            isComment = isAtStart ? bytes[at] == ':' : isComment;
            isAtStart = false;
            var length = bytes[at..].IndexOfAny((byte)'\n', (byte)'\r');
            if (length < 0)
            {
                isInLine = true;
                return -1;
            }

            isAtStart = isComment || (length == 0 && !isInLine);
            isInLine = false;
            at += length + 1;
            isAfterReturn = bytes[at - 1] == '\r';
            if (isAtStart)
            {
                var isLineFeedHere = isAfterReturn && at < bytes.Length && bytes[at] == '\n';
                isAfterReturn &= !isLineFeedHere;
                return isLineFeedHere ? at + 1 : at;
            }
        }

        return -1;
    }
}
