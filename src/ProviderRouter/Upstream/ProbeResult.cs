namespace ProviderRouter.Upstream;

/// <summary>What a provider said when it was asked for its models.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Healthy">True when it answered with a list of models as OpenAI's API does.</param>
/// <param name="LatencyMs">From the question to the whole answer, in milliseconds; null without an answer.</param>
/// <param name="Models">The models' ids; empty when it is not healthy.</param>
/// <param name="Error">What is wrong and what to do, in words; null when it is healthy.</param>
public sealed record ProbeResult(string Provider, bool Healthy, double? LatencyMs, IReadOnlyList<string> Models, string? Error);
