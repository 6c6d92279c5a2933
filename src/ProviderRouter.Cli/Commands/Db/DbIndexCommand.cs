using System.CommandLine;
using Microsoft.Data.Sqlite;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Index;

namespace ProviderRouter.Cli.Commands.Db;

/// <summary><c>provider-cli db index</c></summary>
internal sealed class DbIndexCommand : Command
{
    private readonly Option<bool> rebuild = new("--rebuild") { Description = "Delete the index and make it anew from the log." };

    public DbIndexCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("index", "Bring the index up to date that history, stats and searches are answered from.")
    {
        Add(rebuild);
        Add(json);
        this.AddExamples("", "--rebuild");
        // On another thread: this one has to listen for Ctrl+C.
        SetAction((parse, cancellation) => Task.Run(
            () => Run(data.OpenMarked(parse), parse.GetValue(rebuild), parse.GetValue(json), terminal, time, cancellation), CancellationToken.None));
    }

    private static int Run(SqliteDatabase database, bool isAnew, bool asJson, Terminal terminal, TimeProvider time, CancellationToken cancellation)
    {
        var line = terminal.StartProgress(time);
        try
        {
            using var builder = IndexBuilder.TryStart(database);
            if (builder is null)
            {
                return terminal.Fail(
                    File.Exists($"{database.IndexPath}-build") ? "Another program indexes the log at this moment, as a running server does. It needs no help."
                    : $"The index {database.IndexPath} cannot be written: no file can be made beside it. Questions are answered without it, more slowly.");
            }

            if (isAnew)
            {
                builder.Clear();
            }

            var (missing, indexed) = (database.MissingInIndex().Missing, 0L);
            builder.CatchUp(count => line.Show($"Indexing: {indexed += count:N0} of {missing:N0}"), cancellation);
            line.Clear();
            return Say(database, indexed, asJson, terminal);
        }
        catch (OperationCanceledException)
        {
            line.Clear();
            terminal.Note("Interrupted. What is indexed stays; the next one goes on from there.");
            return ExitCode.Interrupted;
        }
        catch (SqliteException error)
        {
            line.Clear();
            return terminal.Fail($"The index {database.IndexPath} cannot be written: {error.Message.TrimEnd('.')}. Questions are answered without it, more slowly.");
        }
    }

    private static int Say(SqliteDatabase database, long indexed, bool asJson, Terminal terminal)
    {
        var report = new IndexReport(database.IndexPath, indexed, database.MissingInIndex().Missing, new FileInfo(database.IndexPath).Length);
        if (asJson)
        {
            terminal.WriteJson(report, CliJson.Readable.IndexReport);
        }
        else
        {
            terminal.WriteLine($"Texts of {indexed:N0} exchanges indexed. The index has {ReadableSize.From(report.Bytes)}: {report.File}");
        }

        return ExitCode.Done;
    }
}

/// <summary>What <c>db index --json</c> prints.</summary>
/// <param name="Indexed">How many exchanges' texts were indexed just now.</param>
/// <param name="Missing">How many exchanges' texts are not in it; all of them where <c>audit.searchIndex</c> is off.</param>
internal sealed record IndexReport(string File, long Indexed, long Missing, long Bytes);
