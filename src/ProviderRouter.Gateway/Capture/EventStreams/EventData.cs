namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>What the JSON of an event says at its top level, where no word of the model can stand.</summary>
internal static class EventData
{
    /// <summary>The kind that its <c>type</c> names. Most data begins with it, and chunks of chats have none.</summary>
    public static EventKind KindOf(ReadOnlySpan<byte> data)
    {
        if (data.IndexOf("\"type\""u8) < 0)
        {
            return EventKind.Other;
        }

        var json = new JsonWalk(data);
        if (json.EnterObject())
        {
            while (json.NextField(out var name))
            {
                if (name.SequenceEqual("type"u8))
                {
                    return EventKinds.Of(json.RawText);
                }

                json.Skip();
            }
        }

        return EventKind.Other;
    }

    /// <summary>True when it brings something for the user, and not only a role or an empty text.</summary>
    /// <param name="data">It may be cut off.</param>
    /// <param name="kind">What kind of event it is.</param>
    public static bool HasContent(ReadOnlySpan<byte> data, EventKind kind)
    {
        var json = new JsonWalk(data);
        if (!json.EnterObject())
        {
            return false;
        }

        while (json.NextField(out var name))
        {
            if (name.SequenceEqual("choices"u8) ? EventContent.IsInChoices(ref json)
                : name.SequenceEqual("delta"u8) && kind == EventKind.Delta ? EventContent.IsInDelta(ref json)
                : name.SequenceEqual("content_block"u8) && kind == EventKind.BlockStart && EventContent.IsToolBlock(ref json))
            {
                return true;
            }

            json.Skip();
        }

        return false;
    }
}
