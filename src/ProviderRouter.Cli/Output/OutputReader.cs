using System.Runtime.InteropServices;

namespace ProviderRouter.Cli.Output;

/// <summary>Who reads standard output: a command that waits for something to say learns only here that nobody listens any more.</summary>
internal static partial class OutputReader
{
    private const int StandardOutput = 1;

    /// <summary>POLLERR and POLLHUP (https://pubs.opengroup.org/onlinepubs/9799919799/functions/poll.html).</summary>
    private const short Left = 0x8 | 0x10;

    /// <summary>True when the other end of the pipe is closed; false where that cannot be told, as on Windows.</summary>
    public static bool HasLeft()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var entry = new PollEntry { File = StandardOutput };
        return poll(ref entry, 1, 0) > 0 && (entry.Came & Left) != 0;
    }

    [LibraryImport("libc")]
    private static partial int poll(ref PollEntry entries, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int File;
        public short Wanted;
        public short Came;
    }
}
