using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProviderRouter.Bench;

/// <summary>A server that was started to be measured; it ends with this object at the latest.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);

    private readonly Process process;

    public ServerProcess(Process process)
    {
        this.process = process;
        Id = process.Id;
        Leftovers.Remember(EndAtOnce);
    }

    public int Id { get; }

    /// <summary>Processor time so far, its children's included.</summary>
    public TimeSpan Cpu => ProcessFacts.Tree(Id).Aggregate(TimeSpan.Zero, (sum, id) => sum + ProcessFacts.Cpu(id));

    /// <summary>The most that it ever held, in MB, its children's included.</summary>
    public double PeakMemory => ProcessFacts.Tree(Id).Sum(id => ProcessFacts.Memory(id, "VmHWM"));

    public bool HasEnded => process.HasExited;

    /// <summary>Asks it to stop, as a service manager does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        if (process.HasExited)
        {
            return;
        }

        _ = Kill(Id, Terminate);
        using var limit = new CancellationTokenSource(StopLimit);
        await process.WaitForExitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (OperationCanceledException)
        {
            EndAtOnce();
        }

        Leftovers.Forget(EndAtOnce);
        process.Dispose();
    }

    private void EndAtOnce()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit(StopLimit);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
