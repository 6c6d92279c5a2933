using System.Diagnostics;

namespace ProviderRouter.Tests.Programs;

/// <summary>Waits for a condition.</summary>
internal static class Eventually
{
    /// <summary>Looks every 10 ms whether it is so; after a minute the test fails.</summary>
    public static Task IsAsync(string what, Func<bool> condition) => IsAsync(what, () => Task.FromResult(condition()));

    public static async Task IsAsync(string what, Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"This did not come about within 60 s: {what}.");
            await timer.WaitForNextTickAsync();
        }
    }
}
