using System.Collections.Frozen;

namespace ProviderRouter.AuditLog;

/// <summary>
/// Headers whose value is another one each time. Any that is not here costs room (it keeps its row from sharing the others),
/// and nothing else.
/// </summary>
internal static class ChangingHeaders
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        [
            "content-length", "date", "age", "etag", "expires", "last-modified", "x-request-id", "request-id", "x-router-request-id", "x-router-replays",
            "x-correlation-id", "traceparent", "tracestate", "idempotency-key", "x-stainless-retry-count", "openai-processing-ms",
            "x-envoy-upstream-service-time", "cf-ray", "x-trace-id", "x-amzn-trace-id", "x-amzn-requestid", "x-generation-id",
            "x-dashscope-request-id", "req-arrive-time", "req-cost-time", "resp-start-time", "retry-after", "server-timing",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a header of this name.</summary>
    public static bool Contains(string name) =>
        Names.Contains(name)
        || name.StartsWith("x-ratelimit-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("anthropic-ratelimit-", StringComparison.OrdinalIgnoreCase);
}
