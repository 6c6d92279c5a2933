using ProviderRouter.AuditLog;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Forwarding.Attempts;

/// <summary>What came of asking one provider.</summary>
/// <param name="Failure">Why it gave no answer to pass on; null when it gave one.</param>
/// <param name="Answer">For the client, if nobody else answers; null when there is nobody to tell.</param>
/// <param name="Status">The status of an answer that was not passed on.</param>
/// <param name="RetryAfter">How long it asked to be left alone, or null.</param>
internal sealed record CallResult(Verdict? Failure, OpenAIError? Answer, int? Status = null, TimeSpan? RetryAfter = null)
{
    /// <summary>It answered, whatever it said, and the client has it.</summary>
    public static readonly CallResult Answered = new(Failure: null, Answer: null);

    /// <summary>True when another attempt, or another provider, may do better: the client left nobody to answer, or sent what nobody can read.</summary>
    public bool IsTheProviders => Failure is { Outcome: Outcome.Unreachable or Outcome.Timeout or Outcome.UpstreamCut or Outcome.UpstreamError };
}
