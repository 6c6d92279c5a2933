using ProviderRouter.AuditLog;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Forwarding.Attempts;

namespace ProviderRouter.Tests.Gateway.Fallback;

/// <summary>A provider that rested is well again when a request has gone well, and not before.</summary>
public sealed class BreakerTrialTests
{
    private static readonly CallResult Failed = new(new Verdict(Outcome.Unreachable, "gone"), Answer: null);
    private static readonly CallResult Left = new(Verdict.ClientClosed, Answer: null);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_whose_trial_does_not_go_well_rests_on(bool clientLeft)
    {
        var time = new Clock();
        var breaker = new Breaker(TimeSpan.FromSeconds(1), time);
        var slow = new TaskCompletionSource<CallResult>();
        var early = breaker.RunAsync(static task => task, slow.Task).AsTask();
        for (var failure = 0; failure < 7; failure++)
        {
            _ = await breaker.RunAsync(Task.FromResult, Failed);
            time.Advance(TimeSpan.FromMilliseconds(failure == 0 ? 600 : 1));
        }

        Assert.Equal("open", breaker.State);
        // One that was asked before comes back well.
        slow.SetResult(CallResult.Answered);
        await early;
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(await breaker.RunAsync(Task.FromResult, clientLeft ? Left : Failed));
        Assert.Equal("open", breaker.State);

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(await breaker.RunAsync(Task.FromResult, CallResult.Answered));
        Assert.Equal("closed", breaker.State);
    }

    [Fact]
    public async Task A_client_that_leaves_is_no_sign_that_it_is_well()
    {
        var time = new Clock();
        var breaker = new Breaker(TimeSpan.FromSeconds(15), time);
        for (var failure = 0; failure < 8; failure++)
        {
            _ = await breaker.RunAsync(Task.FromResult, Failed);
            _ = await breaker.RunAsync(Task.FromResult, Left);
            time.Advance(TimeSpan.FromMilliseconds(300));
        }

        Assert.Equal("open", breaker.State);
    }

    private sealed class Clock : TimeProvider
    {
        private TimeSpan passed = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => passed += by;

        public override long GetTimestamp() => passed.Ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + passed;
    }
}
