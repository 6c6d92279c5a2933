using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Backup;

/// <summary>Copies, checks the copy, and only then gives it its name.</summary>
internal sealed class BackupRun(Terminal terminal, TimeProvider time, string path, CancellationToken cancellation)
{
    private readonly ProgressLine progress = terminal.StartProgress(time);

    /// <summary>Does it, and answers the exit code.</summary>
    public int Run(SqliteDatabase database, bool isForced, bool isChecked, bool asJson)
    {
        var isDone = false;
        FileStream? part = null;
        try
        {
            // Held for as long as it is written, so that two of these do not write one file.
            part = OutputFile.OpenPart(path, FileMode.Create);
            var copy = database.CopyTo(part, copied => progress.Show(
                $"Copying: {100 * copied.Done / Math.Max(1, copied.Total)}%, {ReadableSize.From(copied.Done)} of {ReadableSize.From(copied.Total)}"), cancellation);
            var report = isChecked ? copy.Verify(since: null, (done, total) => progress.Show($"Checking the copy: {100 * done / Math.Max(1, total)}%"), cancellation) : null;
            progress.Clear();
            if (report?.Fault is { } fault)
            {
                return terminal.Fail($"The copy is not what was written, and was removed ({fault.Kind}): {fault.Message} See provider-cli verify");
            }

            var head = report?.Head ?? copy.ReadHead();
            File.Move(OutputFile.PartOf(path), path, isForced);
            isDone = true;
            BackupSummary.Say(terminal, new BackupReport(path, new FileInfo(path).Length, isChecked, report?.Requests, $"{head}", SecretOf(database)), asJson);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            progress.Clear();
            terminal.Note("Interrupted. There is no copy.");
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            progress.Clear();
            return terminal.Fail($"There is no copy: {Reason(error)}");
        }
        finally
        {
            progress.Clear();
            part?.Dispose();
            if (part is not null && !isDone)
            {
                OutputFile.TryDelete(OutputFile.PartOf(path));
            }
        }
    }

    private string Reason(Exception error) => error switch
    {
        SqliteException { SqliteErrorCode: 13 } or IOException { HResult: 28 } => $"The disk that holds {KeyLike.Show(path)} is full. Make room, or name a file on another disk.",
        SqliteException => $"{error.Message.TrimEnd('.')}. Name a file on another disk, or see provider-cli verify",
        _ => $"{KeyLike.Show(OutputFile.PartOf(path))} cannot be written: {OutputFile.Reason(error)}. Name another file, or mend that.",
    };

    /// <summary>The file with the secret that its keys need; null where no key is stored.</summary>
    private static string? SecretOf(SqliteDatabase database)
    {
        using var store = database.OpenProviders();
        return store.List().Any(provider => provider.Key.Sealed is not null) ? database.Vault.Path : null;
    }
}
