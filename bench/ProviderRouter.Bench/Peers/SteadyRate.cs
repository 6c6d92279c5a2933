using System.Diagnostics;

namespace ProviderRouter.Bench.Peers;

/// <summary>Requests at fixed times, whether or not those before them are answered.</summary>
internal static class SteadyRate
{
    public const int PerSecond = 200;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Sends so many chats, one every 5 ms.</summary>
    /// <returns>How long each answer took, in ms.</returns>
    public static async Task<double[]> RunAsync(Contender contender, int requests)
    {
        var answers = new List<Task<TimeSpan>>(requests);
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick);
        while (answers.Count < requests && await timer.WaitForNextTickAsync())
        {
            // A tick that comes late is made up for, so that the rate holds.
            var due = Stopwatch.GetElapsedTime(started).TotalSeconds * PerSecond;
            while (answers.Count < Math.Min(due, requests))
            {
                answers.Add(Load.Chats.AskAsync(contender));
            }
        }

        return [.. (await Task.WhenAll(answers)).Select(time => time.TotalMilliseconds)];
    }
}
