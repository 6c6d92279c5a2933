using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Prune;

/// <summary><c>provider-cli prune</c></summary>
internal sealed class PruneCommand : Command
{
    private readonly AgeOption bodiesBefore = new("--bodies-before", "Remove bodies older than this; rows and digests stay.");

    private readonly AgeOption recordsBefore = new("--records-before", "Remove whole records older than this.");

    private readonly MaxSizeOption maxSize = new();

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Change nothing, and say what would go." };

    public PruneCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("prune", "Remove what is old from the log, and leave proof of the rest. Default: what config says of retention.")
    {
        Add(bodiesBefore);
        Add(recordsBefore);
        Add(maxSize);
        Add(dryRun);
        Add(json);
        this.AddExamples("--bodies-before 30d --dry-run", "--records-before 1y", "--max-size 5GB");
        // On another thread: this one has to listen for Ctrl+C.
        SetAction((parse, cancellation) => Task.Run(
            () =>
            {
                var database = data.Open(parse);
                var retention = Asked(parse) is var asked && asked != new RetentionSettings() ? asked : Stored(database, terminal);
                return retention == new RetentionSettings() ? SayHow(terminal)
                    : Prune(database, retention, parse.GetValue(dryRun), parse.GetValue(json), terminal, time, cancellation);
            },
            CancellationToken.None));
    }

    private RetentionSettings Asked(ParseResult parse) => new()
    {
        BodiesBefore = parse.GetValue(bodiesBefore),
        RecordsBefore = parse.GetValue(recordsBefore),
        MaxSize = parse.GetValue(maxSize),
    };

    private static RetentionSettings Stored(SqliteDatabase database, Terminal terminal)
    {
        using var store = database.OpenSettings();
        var (settings, problems) = store.Read();
        foreach (var problem in problems.Where(problem => problem.StartsWith("retention.", StringComparison.Ordinal)))
        {
            terminal.Warn(problem);
        }

        return settings.Retention;
    }

    private static int SayHow(Terminal terminal)
    {
        terminal.Problem(
            "Nothing says what may go. Name it, as in provider-cli prune --bodies-before 30d, or once and for all: "
            + "provider-cli config set retention.bodiesBefore 30d");
        return ExitCode.Usage;
    }

    private static int Prune(
        SqliteDatabase database, RetentionSettings retention, bool isDryRun, bool asJson, Terminal terminal, TimeProvider time,
        CancellationToken cancellation)
    {
        var line = terminal.StartProgress(time);
        try
        {
            var report = isDryRun ? database.PruneDryRun(retention, cancellation)
                : database.Prune(retention, progress => line.Show(PruneSummary.Describe(progress)), cancellation);
            line.Clear();
            return report is null
                ? terminal.Fail("Another program removes old records at this moment. Wait until it is through.")
                : new PruneSummary(report, isDryRun, retention.MaxSize).Say(terminal, time, asJson);
        }
        catch (OperationCanceledException)
        {
            line.Clear();
            terminal.Note("Interrupted. What was removed is on record; the next prune goes on from there.");
            return ExitCode.Interrupted;
        }
        finally
        {
            line.Clear();
        }
    }
}
