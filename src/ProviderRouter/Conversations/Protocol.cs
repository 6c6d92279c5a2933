namespace ProviderRouter.Conversations;

/// <summary>How a request and its answer are to be read.</summary>
internal enum Protocol
{
    /// <summary>No conversation, or none that is known here.</summary>
    Other,

    /// <summary>OpenAI's <c>chat/completions</c>.</summary>
    Chat,

    /// <summary>OpenAI's older <c>completions</c>.</summary>
    Completions,

    /// <summary>OpenAI's <c>responses</c>.</summary>
    Responses,

    /// <summary>Anthropic's <c>messages</c>.</summary>
    Messages,

    /// <summary><c>embeddings</c></summary>
    Embeddings,
}

/// <summary>Tells protocols by the path of a request.</summary>
internal static class Protocols
{
    public static Protocol Of(string endpoint)
    {
        var path = endpoint.TrimEnd('/').ToLowerInvariant().Split('/');
        return path.Contains("completions") ? (path.Contains("chat") ? Protocol.Chat : Protocol.Completions)
            : path.Contains("responses") ? Protocol.Responses
            : path.Contains("messages") && !path.Contains("threads") ? Protocol.Messages
            : path[^1] == "embeddings" ? Protocol.Embeddings
            : Protocol.Other;
    }
}
