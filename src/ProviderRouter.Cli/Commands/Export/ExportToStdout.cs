using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Export;

/// <summary>An export to standard output.</summary>
internal sealed class ExportToStdout(Terminal terminal, ExportRun run, ProgressLine progress)
{
    /// <summary>Writes it, and answers the exit code.</summary>
    public int Run(ExportState state)
    {
        var output = new BufferedStream(terminal.OpenData(), 256 * 1024);
        var reached = state;
        try
        {
            reached = run.Run(state, output, now => reached = now);
            output.Flush();
            progress.Clear();
            ExportSummary.NoteSkipped(terminal, reached);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            progress.Clear();
            output.Flush();
            terminal.Note($"Interrupted after {reached.Written:#,0} exchanges; the end is missing. An export with --output FILE can be gone on with.");
            return ExitCode.Interrupted;
        }
        catch (IOException error) when (StandardStream.IsBrokenPipe(error))
        {
            // head has seen enough.
            return ExitCode.Done;
        }
    }
}
