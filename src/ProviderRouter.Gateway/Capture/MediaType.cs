namespace ProviderRouter.Gateway.Capture;

/// <summary>What a <c>content-type</c> says of a body.</summary>
internal static class MediaType
{
    /// <summary>The type without its parameters, or null.</summary>
    public static string? Of(string? contentType)
    {
        var type = contentType?.Split(';', 2)[0].Trim();
        return string.IsNullOrEmpty(type) ? null : type;
    }

    /// <summary>True for text, and where nothing is said: the bytes tell in the end.</summary>
    public static bool MayBeText(string? contentType) => Of(contentType)?.ToLowerInvariant() switch
    {
        null => true,
        "application/json" or "application/xml" or "application/x-ndjson" or "application/jsonl" or "application/x-jsonlines"
            or "application/x-www-form-urlencoded" or "application/javascript" or "application/graphql" or "application/sdp" => true,
        var type => type.StartsWith("text/", StringComparison.Ordinal)
            || type.EndsWith("+json", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal),
    };

    /// <summary>True for server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).</summary>
    public static bool IsEventStream(string? contentType) =>
        string.Equals(Of(contentType), "text/event-stream", StringComparison.OrdinalIgnoreCase);
}
