using System.CommandLine;
using System.CommandLine.Parsing;
using ProviderRouter.AuditLog.Export;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Export;

/// <summary><c>provider-cli export</c></summary>
internal sealed class ExportCommand : Command
{
    private readonly Option<string> format = ExportFormats.Option();

    private readonly Option<bool> bodies = new("--bodies") { Description = "Of csv: with the bodies, too." };

    private readonly Option<string?> output = new("--output", "-o") { Description = "Write to this file, for you alone. Default: stdout.", HelpName = "FILE" };

    private readonly Option<bool> resume = new("--resume") { Description = "Go on with the file of an export that was interrupted." };

    private readonly Option<bool> force = new("--force") { Description = "Replace the file, or begin anew in place of one that was interrupted." };

    private readonly FilterOptions filters;

    public ExportCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("export", "Write what is on record, oldest first: for import, spreadsheets, fine-tuning or the tools of browsers.")
    {
        filters = new FilterOptions(time);
        format.CompletionSources.Add(Completes.Words("jsonl", "csv", "openai-finetune", "har"));
        output.CompletionSources.Add(Completes.Files);
        this.AddExamples(
            "--since 7d > week.jsonl", "--output log.jsonl --resume", "--format csv --bodies --status 5xx > errors.csv",
            "--format openai-finetune --model 'qwen*' -o examples.jsonl");
        Add(format);
        Add(bodies);
        Add(output);
        Add(resume);
        Add(force);
        filters.AddTo(this);
        Add(json);
        Validators.Add(command => Check(command, data, json));
        // On another thread: this one has to listen for Ctrl+C.
        SetAction((parse, cancellation) => Task.Run(() => Run(parse, data.OpenMarked(parse), json, terminal, time, cancellation), CancellationToken.None));
    }

    private void Check(CommandResult command, DataOption data, JsonOption json)
    {
        var isFile = command.GetResult(output) is not null;
        Option[] sayNothingOfWhat = [output, resume, json, data];
        if (command.GetValue(resume) && !isFile)
        {
            command.AddError("--resume takes --output FILE: the file that was being written.");
        }
        else if (command.GetValue(resume)
            && command.Children.OfType<OptionResult>().FirstOrDefault(given => !given.Implicit && !sayNothingOfWhat.Contains(given.Option)) is { } given)
        {
            command.AddError($"{given.Option.Name} does not go with --resume: it goes on with what was asked for.");
        }

        if (command.GetValue(force) && !isFile)
        {
            command.AddError("--force is about the file of --output FILE.");
        }

        if (command.GetValue(json) && !isFile)
        {
            command.AddError("--json goes with --output FILE, and tells what is in it. Use --format jsonl for the data as JSON.");
        }

        if (command.GetValue(bodies) && command.GetValue(format) != ExportFormats.Csv)
        {
            command.AddError("--bodies goes with --format csv; the other formats have them anyway.");
        }
    }

    private int Run(
        ParseResult parse, SqliteDatabase database, JsonOption json, Terminal terminal, TimeProvider time, CancellationToken cancellation)
    {
        var progress = terminal.StartProgress(time);
        try
        {
            using var log = database.OpenLog();
            using var exchanges = database.OpenExchanges();
            // Data and progress on one terminal would be neither.
            var isShown = parse.GetValue(output) is not null || !terminal.IsTerminal;
            var run = new ExportRun(log, exchanges, isShown ? progress : null, cancellation);
            if (parse.GetValue(output) is not { } typed)
            {
                return new ExportToStdout(terminal, run, progress).Run(Asked(parse, database, log, terminal, time, cancellation));
            }

            var toFile = new ExportToFile(terminal, run, progress, database, Path.GetFullPath(typed), parse.GetValue(json));
            return parse.GetValue(resume) ? toFile.GoOn(log)
                : toFile.Begin(Asked(parse, database, log, terminal, time, cancellation), parse.GetValue(force));
        }
        finally
        {
            progress.Clear();
        }
    }

    private ExportState Asked(
        ParseResult parse, SqliteDatabase database, AuditLogReader log, Terminal terminal, TimeProvider time, CancellationToken cancellation)
    {
        using var store = database.OpenProviders();
        var known = new KnownProviders(store.List());
        var filter = filters.In(parse, known, log);
        if (filter.Provider is { } name && known.Find(name) is null)
        {
            terminal.Warn(known.Unknown(name));
        }

        IndexFirst.Run(database, filter.Search, terminal, time, cancellation);

        // What comes in from now on does not count: else there might be no end to it.
        var end = (log.Name(RecordName.Last).Id ?? 0) + 1;
        return new ExportState(
            parse.GetValue(format)!, parse.GetValue(bodies), filter with { BeforeId = Math.Min(end, filter.BeforeId ?? end) },
            new ExportHeader(ExportHeader.FormatName, ExportHeader.LatestVersion, ProductVersion.Text, $"{database.ReadHead()}"));
    }
}
