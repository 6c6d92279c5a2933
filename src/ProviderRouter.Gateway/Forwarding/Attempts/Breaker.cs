using Polly;
using Polly.CircuitBreaker;

namespace ProviderRouter.Gateway.Forwarding.Attempts;

/// <summary>
/// Lets a provider that keeps failing rest, and tries it again after a while with one request (a circuit breaker, from Polly). It
/// opens when nothing has gone well for half a second and a tenth of the attempts within ten seconds failed after that, five at the least;
/// and while a provider asked to be left alone. A burst in which the failures are just the quickest to come back does not open it.
/// </summary>
internal sealed class Breaker
{
    /// <summary>How long nothing must have gone well before failures count.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromMilliseconds(500);

    private readonly ResiliencePipeline<CallResult> pipeline;
    private readonly CircuitBreakerStateProvider state = new();
    private readonly TimeProvider time;
    private long restsUntil;
    // When the first failed since one went well; 0 while none did.
    private long failingSince;

    /// <param name="breakFor">How long it rests.</param>
    /// <param name="time">The clock.</param>
    public Breaker(TimeSpan breakFor, TimeProvider time)
    {
        this.time = time;
        BreakFor = breakFor;
        pipeline = new ResiliencePipelineBuilder<CallResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<CallResult>
            {
                FailureRatio = 0.1,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = breakFor,
                StateProvider = state,
                ShouldHandle = arguments => ValueTask.FromResult(Counts(arguments.Outcome.Result)),
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

    private bool Counts(CallResult? result)
    {
        if (result is { Failure: null })
        {
            Interlocked.Exchange(ref failingSince, 0);
            return false;
        }

        // The one request that tries it has to go well: a client that left says nothing of the provider.
        if (state.CircuitState == CircuitState.HalfOpen)
        {
            return true;
        }

        if (result is not { IsTheProviders: true })
        {
            return false;
        }

        var since = Interlocked.CompareExchange(ref failingSince, time.GetTimestamp(), 0);
        return since != 0 && time.GetElapsedTime(since) >= Doubt;
    }

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
            if (outcome.Exception is BrokenCircuitException)
            {
                return null;
            }

            // With the place where it was thrown.
            outcome.ThrowIfException();
            return outcome.Result;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
