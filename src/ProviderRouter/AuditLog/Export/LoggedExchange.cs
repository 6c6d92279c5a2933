using System.Text.Json.Serialization;

namespace ProviderRouter.AuditLog.Export;

/// <summary>A request and its answer with everything that makes the same record again. As JSON: a line of an export.</summary>
public sealed record LoggedExchange : LoggedMessage
{
    /// <summary>The id that the client saw as <c>x-router-request-id</c>.</summary>
    [JsonPropertyOrder(-1)]
    public required string RequestId { get; init; }

    /// <summary>When the request came in, in microseconds since 1970, UTC.</summary>
    [JsonPropertyOrder(-1)]
    public required long ReceivedAtUs { get; init; }

    /// <summary>The HTTP method.</summary>
    [JsonPropertyOrder(-1)]
    public required string Method { get; init; }

    /// <summary>The path.</summary>
    [JsonPropertyOrder(-1)]
    public required string Endpoint { get; init; }

    /// <summary>The query without its question mark, or null.</summary>
    [JsonPropertyOrder(-1)]
    public string? Query { get; init; }

    /// <summary>The address that the request came from.</summary>
    public string? Client { get; init; }

    /// <summary>The name of the key that the client showed.</summary>
    public string? ClientKey { get; init; }

    /// <summary>The id of the request that this one repeats.</summary>
    public string? Replays { get; init; }

    /// <summary>The answer; null while it is on its way, and where it was never recorded.</summary>
    [JsonPropertyOrder(2)]
    public LoggedAnswer? Answer { get; init; }
}
