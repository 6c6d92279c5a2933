namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>What an event means to a stream, by its <c>event</c> field or by the <c>type</c> in its data.</summary>
internal enum EventKind
{
    /// <summary>Any other, or one without a type.</summary>
    Other,

    /// <summary>Clients take it for the stream's end.</summary>
    End,

    /// <summary>Its <c>delta</c> is a piece of the answer.</summary>
    Delta,

    /// <summary>Its <c>content_block</c> may be a tool call.</summary>
    BlockStart,
}

/// <summary>
/// The names of events. Sources: https://platform.openai.com/docs/api-reference/responses-streaming and
/// https://docs.anthropic.com/en/api/messages-streaming
/// </summary>
internal static class EventKinds
{
    public static EventKind Of(ReadOnlySpan<byte> name) =>
        name.StartsWith("response."u8) ? OfResponse(name["response.".Length..])
        : name.SequenceEqual("content_block_delta"u8) ? EventKind.Delta
        : name.SequenceEqual("content_block_start"u8) ? EventKind.BlockStart
        : name.SequenceEqual("message_stop"u8) ? EventKind.End
        : EventKind.Other;

    private static EventKind OfResponse(ReadOnlySpan<byte> name) =>
        name.EndsWith(".delta"u8) ? EventKind.Delta
        : name.SequenceEqual("completed"u8) || name.SequenceEqual("incomplete"u8) || name.SequenceEqual("failed"u8) ? EventKind.End
        : EventKind.Other;
}
