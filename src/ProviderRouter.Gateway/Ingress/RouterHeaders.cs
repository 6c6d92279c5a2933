namespace ProviderRouter.Gateway.Ingress;

/// <summary>The router's own headers.</summary>
internal static class RouterHeaders
{
    /// <summary>In a request: who is to answer. In an answer: who did.</summary>
    public const string Provider = "x-router-provider";

    /// <summary>In a request: the id in the log of the one that it repeats.</summary>
    public const string Replays = "x-router-replays";

    /// <summary>The answer's id in the log.</summary>
    public const string RequestId = "x-router-request-id";
}
