namespace ProviderRouter.Bench;

/// <summary>What must not outlive this program when somebody stops it half-way: servers and folders.</summary>
internal static class Leftovers
{
    private static readonly List<Action> Ends = [];

    static Leftovers() => AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAll();

    /// <summary>Has this done at the end, unless it is forgotten before.</summary>
    public static void Remember(Action end)
    {
        lock (Ends)
        {
            Ends.Add(end);
        }
    }

    public static void Forget(Action end)
    {
        lock (Ends)
        {
            Ends.Remove(end);
        }
    }

    // The latest first: servers end before the folders that they write to are deleted.
    private static void EndAll()
    {
        lock (Ends)
        {
            foreach (var end in Enumerable.Reverse(Ends))
            {
                end();
            }
        }
    }
}
