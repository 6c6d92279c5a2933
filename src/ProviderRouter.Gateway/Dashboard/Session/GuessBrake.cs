namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>
/// Slows down who tries keys: each wrong one waits a second for its answer, and only so many do at once. The right key never waits,
/// so nobody is locked out by others' guesses; at 256 random bits, that costs nothing.
/// </summary>
internal sealed class GuessBrake(TimeProvider time)
{
    private const int MostWaiting = 16;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private int waiting;

    /// <summary>Waits. False, and at once, when too many do already. Who leaves meanwhile keeps the place until its second is over.</summary>
    public async Task<bool> HoldAsync()
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > MostWaiting)
            {
                return false;
            }

            await Task.Delay(Wait, time);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
