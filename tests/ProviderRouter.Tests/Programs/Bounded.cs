namespace ProviderRouter.Tests.Programs;

/// <summary>Lets work fail that would not come to an end: what takes a square of its input, on much of it.</summary>
internal static class Bounded
{
    /// <summary>What the work yields.</summary>
    /// <exception cref="TimeoutException">It is not done after a minute; it takes a moment on a machine that is busy, too.</exception>
    public static Task<T> RunAsync<T>(Func<T> work) => Task.Run(work).WaitAsync(TimeSpan.FromMinutes(1));
}
