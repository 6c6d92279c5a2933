using System.Text;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace ProviderRouter.Cli.Output;

/// <summary>Standard output or standard error: always UTF-8, as wide as its terminal, without a width anywhere else.</summary>
internal sealed class StandardStream : IAnsiConsoleOutput
{
    /// <summary>Wider than any line: in a pipe nothing is wrapped or cut.</summary>
    private const int Unlimited = 1_000_000;

    /// <summary>What is assumed of a terminal that does not say how large it is.</summary>
    private const int UsualWidth = 80;

    /// <inheritdoc cref="UsualWidth"/>
    private const int UsualHeight = 24;

    private readonly Lazy<IAnsiConsole> console;

    private StandardStream(Stream stream, bool isTerminal, bool autoFlush)
    {
        Stream = stream;
        IsTerminal = isTerminal;
        Writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = autoFlush };
        console = new Lazy<IAnsiConsole>(CreateConsole);
    }

    public static StandardStream Output() => new(Open(Console.OpenStandardOutput), !Console.IsOutputRedirected, autoFlush: false);

    public static StandardStream Error() => new(Open(Console.OpenStandardError), !Console.IsErrorRedirected, autoFlush: true);

    /// <summary>One that writes elsewhere, as if to the same terminal.</summary>
    public StandardStream Into(Stream elsewhere) => new(elsewhere, IsTerminal, autoFlush: false);

    /// <summary>The bytes below <see cref="Writer"/>, which must be flushed before they are used.</summary>
    public Stream Stream { get; }

    public TextWriter Writer { get; }

    public bool IsTerminal { get; }

    public int Width => !IsTerminal ? Unlimited : Console.WindowWidth is > 0 and var width ? width : UsualWidth;

    public int Height => !IsTerminal ? Unlimited : Console.WindowHeight is > 0 and var height ? height : UsualHeight;

    /// <summary>True of a terminal on which lines that were written can be written again. NO_COLOR is about colours alone.</summary>
    public bool CanGoUp => IsTerminal && (OperatingSystem.IsWindows()
        ? Styled.Profile.Capabilities.Ansi : Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));

    /// <summary>This stream with colours, where they are allowed.</summary>
    public IAnsiConsole Styled => console.Value;

    public void SetEncoding(Encoding encoding)
    {
        // It stays UTF-8.
    }

    /// <summary>Standard output without the console's silence where a pipe's reader has left: whoever writes much need not go on.</summary>
    public Stream InBulk()
    {
        if (OperatingSystem.IsWindows() || Stream == Stream.Null)
        {
            return Stream;
        }

        // A file keeps its own place, which programs that write after this one rely on; so it stays the console's.
        var direct = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return direct.CanSeek ? Stream : direct;
    }

    /// <summary>True where writing failed since nobody reads any more.</summary>
    public static bool IsBrokenPipe(IOException error) => error.HResult == 32 && !OperatingSystem.IsWindows();

    /// <summary>A stream that the caller closed (<c>&gt;&amp;-</c>) takes everything and keeps nothing.</summary>
    private static Stream Open(Func<Stream> stream)
    {
        try
        {
            return stream();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Stream.Null;
        }
    }

    private IAnsiConsole CreateConsole()
    {
        var colors = ColorChoice.IsAllowed(IsTerminal);
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = this,
            Ansi = !colors ? AnsiSupport.No : IsTerminal ? AnsiSupport.Detect : AnsiSupport.Yes,
            // The sixteen colours that users choose for themselves in their terminal.
            ColorSystem = colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = IsTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }
}
