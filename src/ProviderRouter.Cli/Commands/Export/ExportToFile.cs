using ProviderRouter.Cli.Commands.Status;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Export;

/// <summary>An export to a file, which can be gone on with when it was interrupted.</summary>
internal sealed class ExportToFile(
    Terminal terminal, ExportRun run, ProgressLine progress, SqliteDatabase database, string path, bool asJson)
{
    private string Resume => $"provider-cli export --output {ShellWord.From(path)} --resume";

    /// <summary>Writes it from the beginning, and answers the exit code.</summary>
    public int Begin(ExportState state, bool isForced) =>
        OutputFile.Problem(path, isForced, database) is { } problem ? terminal.Fail(problem)
        : ExportState.Read(path) is not null && File.Exists(OutputFile.PartOf(path)) && !isForced
            ? terminal.Fail($"{KeyLike.Show(OutputFile.PartOf(path))} is of an export that was interrupted. Go on with it: {Resume}, or begin anew with --force")
        : Write(() => ExportFile.Create(path), state, isForced);

    /// <summary>Goes on where it was interrupted, and answers the exit code.</summary>
    public int GoOn(AuditLogReader log)
    {
        if (ExportState.Read(path) is not { } state || !File.Exists(OutputFile.PartOf(path)))
        {
            return terminal.Fail($"No export to {KeyLike.Show(path)} was interrupted{(File.Exists(path) ? ": the file is whole." : ". Begin it without --resume")}");
        }

        if (state.LastId > 0 && log.Read(state.LastId)?.RequestId != state.LastRequestId)
        {
            return terminal.Fail(
                $"This log does not have the request {state.LastRequestId}, after which it would go on: it is another log, or retention took it. "
                + "Begin anew with --force in place of --resume");
        }

        return OutputFile.Problem(path, isForced: true, database) is { } problem ? terminal.Fail(problem)
            : Write(() => ExportFile.GoOn(path, state), state, isForced: true);
    }

    private int Write(Func<ExportFile> open, ExportState state, bool isForced)
    {
        var (reached, noted) = (state, state);
        ExportFile? file = null;
        try
        {
            file = open();
            reached = run.Run(state, file.Output, now =>
            {
                reached = now;
                noted = file.Note(now, noted, isDue: now == state);
            });
            file.Finish(isForced);
            progress.Clear();
            return ExportSummary.Say(terminal, reached, path, asJson);
        }
        catch (OperationCanceledException)
        {
            file?.Note(reached, noted, isDue: true);
            progress.Clear();
            terminal.Note($"Interrupted after {reached.Written:#,0} exchanges. Go on with: {Resume}");
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            progress.Clear();
            var canGoOn = ExportState.Read(path) is not null;
            return terminal.Fail($"{KeyLike.Show(OutputFile.PartOf(path))} cannot be written: {OutputFile.Reason(error)}."
                + (canGoOn ? $" Mend that, then go on with: {Resume}" : " Name another file, or mend that."));
        }
        finally
        {
            file?.Dispose();
        }
    }
}
