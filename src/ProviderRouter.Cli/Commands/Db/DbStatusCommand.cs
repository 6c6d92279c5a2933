using System.CommandLine;
using ProviderRouter.AuditLog;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Db;

/// <summary><c>provider-cli db status</c></summary>
internal sealed class DbStatusCommand : Command
{
    /// <summary>Of a larger log, what prune would free is only worked out when all of it is read anyway.</summary>
    private const long ManyRequests = 100_000;

    private readonly Option<bool> full = new("--full") { Description = "Read all of it: exact sizes, and of a large log, too, what prune would free." };

    public DbStatusCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("status", "Show what is in the database, what takes how much room, and how to get it back.")
    {
        Add(full);
        this.AddExamples("", "--full", "--json");
        Add(json);
        // On another thread: this one has to listen for Ctrl+C.
        SetAction((parse, cancellation) => Task.Run(
            () =>
            {
                try
                {
                    var database = data.Open(parse);
                    var status = Read(database, parse.GetValue(full), cancellation);
                    if (parse.GetValue(json))
                    {
                        terminal.WriteJson(status, CliJson.Readable.DatabaseStatus);
                    }
                    else
                    {
                        new DbStatusFacts(status, time).Show(terminal);
                    }

                    return ExitCode.Done;
                }
                catch (OperationCanceledException)
                {
                    return ExitCode.Interrupted;
                }
            },
            CancellationToken.None));
    }

    private static DatabaseStatus Read(SqliteDatabase database, bool isFull, CancellationToken cancellation)
    {
        var facts = database.Measure(isFull);
        RetentionSettings settings;
        using (var store = database.OpenSettings())
        {
            settings = store.Read().Settings.Retention;
        }

        var isSet = settings != new RetentionSettings();
        var retention = isSet ? settings : new RetentionSettings { BodiesBefore = TimeSpan.FromDays(30) };
        var report = isFull || facts.Requests <= ManyRequests ? database.PruneDryRun(retention, cancellation) : null;
        return DatabaseStatus.Of(database, facts, DatabaseFiles.Of(database), Prunable.Of(retention, isSet, report));
    }
}
