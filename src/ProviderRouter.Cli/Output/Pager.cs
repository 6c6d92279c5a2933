using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProviderRouter.Cli.Output;

/// <summary>
/// Shows a long text page by page on a terminal, with the program that PAGER names (default: <c>less -FRX</c>). Where there is no
/// terminal, none is wanted or none can be started, the text is printed as it is. Dispose it to wait until the reader is done.
/// </summary>
internal sealed class Pager : IDisposable
{
    private const string Default = "less -FRX";

    // In what is beyond words and blanks, a shell has to make sense of it.
    private static readonly SearchValues<char> ShellLetters = SearchValues.Create("|&;<>()$`\\\"'*?[]#~=%{}");

    private readonly Process? process;
    private readonly PagerStream? text;
    private readonly PosixSignalRegistration? interrupt;
    private readonly Terminal around;

    private Pager(Terminal terminal, Process? process, bool isShell)
    {
        (Terminal, around, this.process) = (terminal, terminal, process);
        if (process is not null)
        {
            text = new PagerStream(process.StandardInput.BaseStream, isShell);
            Terminal = terminal.Into(text);
            // It is the pager's to handle; ending before it would leave it without its keyboard.
            interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        }
    }

    /// <summary>Where to write the text. As wide, and in the colours, as without a pager.</summary>
    public Terminal Terminal { get; }

    /// <summary>Starts one, where one is to be used.</summary>
    /// <param name="terminal">Where the text is to go.</param>
    /// <param name="wanted">False for none at all.</param>
    public static Pager Start(Terminal terminal, bool wanted = true)
    {
        var command = (Environment.GetEnvironmentVariable("PAGER") ?? Default).Trim();
        if (!wanted || !terminal.IsTerminal || command is "" or "cat" || Environment.GetEnvironmentVariable("TERM") is "dumb")
        {
            return new Pager(terminal, process: null, isShell: false);
        }

        terminal.Flush();
        var isShell = command.AsSpan().ContainsAny(ShellLetters) && !OperatingSystem.IsWindows();
        string[] words = isShell ? ["/bin/sh", "-c", command] : command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Pager(terminal, Start(words), isShell);
    }

    private static Process? Start(string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var (name, value) in new[] { ("LESS", "FRX"), ("LESSCHARSET", "utf-8"), ("LV", "-c") })
        {
            start.Environment.TryAdd(name, value);
        }

        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Waits until the pager has ended.</summary>
    public void Dispose()
    {
        if (process is null)
        {
            return;
        }

        Terminal.Flush();
        text!.Dispose();
        process.WaitForExit();
        // A shell says so when it finds no such program, or cannot start it.
        if (process.ExitCode is 126 or 127)
        {
            text.PrintTo(around);
        }

        process.Dispose();
        interrupt!.Dispose();
    }
}
