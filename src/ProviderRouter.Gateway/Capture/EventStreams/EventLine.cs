namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>
/// A line of an event stream: the name of a field, a colon, perhaps a space, the value. Source:
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
/// </summary>
internal static class EventLine
{
    /// <summary>True for a line of that field.</summary>
    public static bool Is(ReadOnlySpan<byte> field, ReadOnlySpan<byte> line, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!line.StartsWith(field))
        {
            return false;
        }

        var rest = line[field.Length..];
        if (rest.IsEmpty)
        {
            return true;
        }

        value = rest.StartsWith(": "u8) ? rest[2..] : rest[1..];
        return rest[0] == ':';
    }

    /// <summary>True for the data that ends a stream of OpenAI's chats and completions.</summary>
    public static bool IsDone(ReadOnlySpan<byte> data) => data.Trim((byte)' ').SequenceEqual("[DONE]"u8);
}
