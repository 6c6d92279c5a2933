using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Export;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Exchange;

namespace ProviderRouter.Cli.Commands.Import;

/// <summary>Brings an export of a log into an empty one.</summary>
internal sealed class LogImportRun(Terminal terminal, ProgressLine progress, CancellationToken cancellation)
{
    private const string Nothing = "Nothing was imported.";

    /// <summary>Does it, and answers the exit code.</summary>
    public int Run(SqliteDatabase database, Stream content, string path, bool isDryRun, bool asJson)
    {
        using var file = new LogFile(content, InputFile.Name(path), cancellation);
        try
        {
            var imported = database.Import(
                file, isDryRun, now => progress.Show($"Importing: {now.Exchanges:#,0} exchanges, {ReadableSize.From(now.Bytes)} read"), cancellation);
            progress.Clear();
            Say(imported, isDryRun, asJson);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            progress.Clear();
            terminal.Note($"Interrupted. {Nothing}");
            return ExitCode.Interrupted;
        }
        catch (SetUpException error)
        {
            progress.Clear();
            return terminal.Fail($"{error.Message.TrimEnd('.')}. {Nothing}");
        }
        catch (SqliteException error)
        {
            progress.Clear();
            return terminal.Fail($"{SqliteDatabase.Explain(error, database.Path).Message} {Nothing}");
        }
        catch (IOException error)
        {
            progress.Clear();
            return terminal.Fail($"{InputFile.Name(path)} cannot be read: {OutputFile.Reason(error)}. {Nothing}");
        }
    }

    private void Say(ImportedLog imported, bool isDryRun, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(
                new LogImportReport(isDryRun, imported.Exchanges, imported.Answers, imported.Sha256, isDryRun ? null : $"{imported.Head}"),
                CliJson.Readable.LogImportReport);
            return;
        }

        var facts = new FactSheet();
        facts.Add("Requests", $"{imported.Exchanges:#,0}");
        facts.Add("Answers", $"{imported.Answers:#,0}");
        facts.Add("SHA-256 of the file", imported.Sha256);
        if (!isDryRun)
        {
            facts.Add("Head", $"{imported.Head}");
        }

        terminal.Write(facts);
        terminal.WriteLine(
            isDryRun ? "All of it can be imported; nothing was. To do it: the same without --dry-run" : "Next: ",
            new Phrase(isDryRun ? "" : "provider-cli verify", Tone.Strong));
    }
}

/// <summary>What <c>import --json</c> prints of an export of a log.</summary>
/// <param name="Sha256">Of the file.</param>
/// <param name="Head">The head of the log's chain afterwards; null after a dry run.</param>
internal sealed record LogImportReport(bool DryRun, long Requests, long Answers, string Sha256, string? Head);
