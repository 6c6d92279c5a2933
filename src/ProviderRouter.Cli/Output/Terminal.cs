using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProviderRouter.Cli.Output;

/// <summary>Where a command puts what it has to say: data on standard output, messages on standard error.</summary>
internal sealed class Terminal(StandardStream output, StandardStream error)
{
    /// <summary>The standard streams of this process.</summary>
    public static Terminal OfThisProcess()
    {
        var (output, error) = (StandardStream.Output(), StandardStream.Error());
        if (OperatingSystem.IsWindows() && (output.IsTerminal || error.IsTerminal))
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        return new Terminal(output, error);
    }

    /// <summary>True when a person reads the data as it is; false in a pipe or a file.</summary>
    public bool IsTerminal => output.IsTerminal;

    /// <summary>The columns that help may take.</summary>
    public int HelpWidth => output.Width;

    /// <summary>Writes one line, wrapped at the width of the terminal.</summary>
    public void WriteLine(params ReadOnlySpan<Phrase> phrases) => output.Styled.Write(new WrappedLine([.. phrases]));

    /// <summary>Writes a text of any number of lines, wrapped at the width of the terminal, each line behind a lead.</summary>
    public void WriteText(string text, Tone tone = Tone.Plain, string lead = "") => output.Styled.Write(new TextBlock(text, tone, lead, IsTerminal));

    /// <summary>Writes these bytes, and nothing else.</summary>
    public void WriteBytes(ReadOnlyMemory<byte> bytes)
    {
        Flush();
        output.Stream.Write(bytes.Span);
        output.Stream.Flush();
    }

    /// <summary>Writes all that this stream has, and nothing else.</summary>
    public void WriteBytes(Stream bytes)
    {
        Flush();
        bytes.CopyTo(output.Stream);
        output.Stream.Flush();
    }

    /// <summary>The same messages, with data that goes elsewhere as if to this terminal.</summary>
    public Terminal Into(Stream elsewhere) => new(output.Into(elsewhere), error);

    /// <summary>Writes a value that stands alone: to the letter for a program, safe to print on a terminal.</summary>
    public void WriteValue(string value)
    {
        if (IsTerminal)
        {
            WriteLine(value);
        }
        else
        {
            output.Writer.WriteLine(value);
        }
    }

    /// <summary>Writes a table or a fact sheet.</summary>
    public void Write(IRenderable renderable) => output.Styled.Write(renderable);

    /// <summary>Writes a value as one JSON document.</summary>
    public void WriteJson<T>(T value, JsonTypeInfo<T> type)
    {
        Flush();
        JsonSerializer.Serialize(output.Stream, value, type);
        output.Writer.WriteLine();
    }

    /// <summary>Writes a value as JSON on one line.</summary>
    public void WriteJsonLine<T>(T value, JsonTypeInfo<T> type) => output.Writer.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>Standard output for data in bulk. A terminal gets it printable; where a pipe's reader has left, writing fails (<see cref="StandardStream.IsBrokenPipe"/>).</summary>
    public Stream OpenData()
    {
        Flush();
        return IsTerminal ? new PrintableStream(output.Stream) : output.InBulk();
    }

    /// <summary>A message that is not data, in one line, after the data so far.</summary>
    public void Note(params ReadOnlySpan<Phrase> phrases)
    {
        Flush();
        try
        {
            error.Styled.Write(new WrappedLine([.. phrases]));
        }
        catch (IOException)
        {
            // There is nowhere left to say so; the exit code still does.
        }
    }

    /// <summary>Says in one line what does not keep a command from being done, and yet should be known.</summary>
    public void Warn(string message) => Note(new Phrase("! ", Tone.Warning), message);

    /// <summary>Says what is wrong, in one line.</summary>
    public void Problem(string message) => Note(new Phrase(error.IsTerminal ? "✗ " : "", Tone.Bad), message);

    /// <summary>Says why a command failed and what to do, and answers the exit code for that.</summary>
    public int Fail(string message)
    {
        Problem(message);
        return ExitCode.Failed;
    }

    /// <summary>Says all that is wrong, each in one line, and answers the exit code for a failure.</summary>
    public int Fail(IReadOnlyList<string> problems)
    {
        Refuse(problems);
        return ExitCode.Failed;
    }

    /// <summary>Says all that is wrong, each in one line, and answers the exit code for wrong usage.</summary>
    public int Refuse(IReadOnlyList<string> problems)
    {
        foreach (var problem in problems)
        {
            Problem(problem);
        }

        return ExitCode.Usage;
    }

    /// <summary>Writes a question, and nothing after it, on standard error.</summary>
    public void Ask(string question)
    {
        Flush();
        error.Writer.Write(question);
    }

    /// <summary>Waits, and says what for on a terminal when it takes a while.</summary>
    /// <remarks>A spinner would hide the cursor, and leave it hidden when the program is killed.</remarks>
    public async Task<T> WaitFor<T>(Task<T> task, string what)
    {
        if (error.IsTerminal && await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(400))) != task)
        {
            Note(new Phrase(what, Tone.Faint));
        }

        return await task;
    }

    /// <summary>A line that says how far a command has come, on a terminal alone.</summary>
    public ProgressLine StartProgress(TimeProvider time) => new(error, time);

    /// <summary>Data of so many lines that changes in its place, where that can be done.</summary>
    public LiveBlock StartBlock(int height) => new(output, height);

    /// <summary>Where System.CommandLine prints help and the version; exceptions come to <see cref="Invocation"/>.</summary>
    public InvocationConfiguration ForCommandLine() =>
        new() { Output = output.Writer, Error = error.Writer, EnableDefaultExceptionHandler = false };

    /// <summary>Hands on the data that is still buffered.</summary>
    public void Flush() => output.Writer.Flush();
}
