namespace ProviderRouter.Bench.Peers;

/// <summary>What a process used.</summary>
/// <param name="Cpu">Processor time in µs.</param>
/// <param name="Kept">How much its files have grown, in bytes.</param>
/// <param name="Written">What it handed to the kernel to write, in bytes.</param>
/// <param name="ToDisk">What the kernel sent to the disk for it, in bytes and whole pages.</param>
internal sealed record Cost(double Cpu, double Kept, double Written, double ToDisk)
{
    public static Cost operator -(Cost after, Cost before) =>
        new(after.Cpu - before.Cpu, after.Kept - before.Kept, after.Written - before.Written, after.ToDisk - before.ToDisk);

    public static Cost operator /(Cost all, double requests) =>
        new(all.Cpu / requests, all.Kept / requests, all.Written / requests, all.ToDisk / requests);
}
