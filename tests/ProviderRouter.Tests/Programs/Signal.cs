using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProviderRouter.Tests.Programs;

/// <summary>Signals to programs.</summary>
internal static partial class Signal
{
    /// <summary>What Ctrl+C sends.</summary>
    public static void Interrupt(Process process) => _ = Kill(process.Id, 2);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
