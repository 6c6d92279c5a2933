using Polly;
using Polly.CircuitBreaker;

namespace ProviderRouter.Gateway.Forwarding.Attempts;

/// <summary>
/// Lets a provider that keeps failing rest, and tries it again after a while with one request (a circuit breaker, from Polly). It
/// opens when four of five attempts within half a minute failed, and while a provider asked to be left alone.
/// </summary>
internal sealed class Breaker
{
    private readonly ResiliencePipeline<CallResult> pipeline;
    private readonly CircuitBreakerStateProvider state = new();
    private readonly TimeProvider time;
    private long restsUntil;

    /// <param name="breakFor">How long it rests.</param>
    /// <param name="time">The clock.</param>
    public Breaker(TimeSpan breakFor, TimeProvider time)
    {
        this.time = time;
        BreakFor = breakFor;
        pipeline = new ResiliencePipelineBuilder<CallResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<CallResult>
            {
                FailureRatio = 0.8,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = breakFor,
                StateProvider = state,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { IsTheProviders: true }),
            })
            .Build();
    }

    /// <summary>How long it rests.</summary>
    public TimeSpan BreakFor { get; }

    /// <summary>For people: <c>closed</c> (asked), <c>open</c> (passed over), <c>half-open</c> (being tried again).</summary>
    public string State => IsResting ? "open" : state.CircuitState switch
    {
        CircuitState.Closed => "closed",
        CircuitState.HalfOpen => "half-open",
        _ => "open",
    };

    private bool IsResting => Interlocked.Read(ref restsUntil) is > 0 and var until && time.GetUtcNow().UtcTicks < until;

    /// <summary>Leaves the provider alone for as long as it asked.</summary>
    public void Rest(TimeSpan asked) => Interlocked.Exchange(ref restsUntil, (time.GetUtcNow() + asked).UtcTicks);

    /// <summary>Asks the provider; null when it is to be passed over.</summary>
    public async ValueTask<CallResult?> RunAsync<TState>(Func<TState, Task<CallResult>> ask, TState with)
    {
        if (IsResting)
        {
            return null;
        }

        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        try
        {
            var outcome = await pipeline.ExecuteOutcomeAsync(
                static async (_, state) => Outcome.FromResult(await state.ask(state.with)), context, (ask, with));
            return outcome.Exception switch
            {
                null => outcome.Result,
                BrokenCircuitException => null,
                _ => throw outcome.Exception,
            };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
