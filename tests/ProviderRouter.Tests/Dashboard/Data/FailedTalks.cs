using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Dashboard.Data;

/// <summary>Exchanges that ended in each of the other ways, and one that has not ended.</summary>
internal static class FailedTalks
{
    private static readonly string Question = ChatJson.Request("qwen3-30b-a3b", ChatJson.Says("user", "Tell me a long story about a lighthouse."));

    public static readonly PastExchange UnderWay = new(Question, "") { Age = TimeSpan.FromSeconds(20), IsAnswered = false };

    public static IReadOnlyList<PastExchange> All { get; } =
    [
        Failed(Outcome.Unreachable, 502, "lm-studio cannot be reached: connection refused (127.0.0.1:1234). Is it running?", 4) with { Answer = ChatJson.Error("lm-studio cannot be reached.") },
        Failed(Outcome.Timeout, 504, "lm-studio was silent for 120 s.", 6),
        Failed(Outcome.ClientClosed, 499, "The client went away before the end.", 8) with { Answer = ChatJson.Answer("qwen3-30b-a3b", "Once upon a"), AnswerState = AuditBodyState.Incomplete },
        Failed(Outcome.UpstreamCut, 200, "lm-studio broke off in the middle of its answer.", 10) with
        {
            Events = ChatJson.Events("qwen3-30b-a3b", "Once upon a time"), Answer = """{"choices":[{"index":0,"message":{"role":"assistant","content":"Once upon a time""", AnswerState = AuditBodyState.Incomplete,
        },
        Failed(Outcome.Rejected, 400, "Nobody has the name 'lmstudio'. Providers: lm-studio, qwen-proxy, qwen-direct, echo.", 12) with { Provider = null },
        Failed(Outcome.RouterError, 500, "The router itself failed.", 14),
        Failed(Outcome.Interrupted, null, "The router was ended before the answer was over.", 16),
        new(Question[..40], "[audio/mpeg, 49152 bytes, sha256 ab]")
        {
            Age = TimeSpan.FromMinutes(18), RequestState = AuditBodyState.Cut, AnswerState = AuditBodyState.Described, Usage = AuditUsage.Unknown,
        },
        new("this is no JSON \u0000 at all", "<html><body><h1>502 Bad Gateway</h1></body></html>") { Age = TimeSpan.FromMinutes(20), Usage = AuditUsage.Unknown },
        UnderWay,
    ];

    private static PastExchange Failed(Outcome outcome, int? status, string error, int minutes) => new(Question, "")
    {
        Outcome = outcome, Status = status, Error = error, Age = TimeSpan.FromMinutes(minutes), Usage = AuditUsage.Unknown,
    };
}
