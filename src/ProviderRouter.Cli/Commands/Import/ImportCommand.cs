using System.CommandLine;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;

namespace ProviderRouter.Cli.Commands.Import;

/// <summary><c>provider-cli import FILE</c>: a <c>.env</c> file, or what <c>export</c> wrote.</summary>
internal sealed class ImportCommand : Command
{
    private readonly Argument<string> file = new("file")
    {
        Description = "A .env file, or what provider-cli export wrote as jsonl; - for stdin.", CompletionSources = { Completes.Files },
    };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Change nothing, and say what would become of it." };

    public ImportCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal, TimeProvider time)
        : base("import", "Take over what the .env file of another provider router says, or bring an exported log into an empty one.")
    {
        Add(file);
        Add(dryRun);
        Add(json);
        this.AddExamples(".env --dry-run", "log.jsonl --data ~/other-log", "- < log.jsonl");
        // On another thread: this one has to listen for Ctrl+C.
        SetAction((parse, cancellation) => Task.Run(
            () =>
            {
                var (path, isDryRun) = (parse.GetRequiredValue(file), parse.GetValue(dryRun));
                if (ImportedFile.Open(path, out var problem) is not { } opened)
                {
                    return terminal.Fail(problem);
                }

                using (opened)
                {
                    return opened.IsLog
                        ? new LogImportRun(terminal, terminal.StartProgress(time), cancellation)
                            .Run(data.OpenMarked(parse), opened.Content, path, isDryRun, parse.GetValue(json))
                        : TakeOver(data, parse, json, environment, terminal, opened.Content);
                }
            },
            CancellationToken.None));
    }

    private int TakeOver(DataOption data, ParseResult parse, JsonOption json, RouterEnvironment environment, Terminal terminal, Stream content)
    {
        var (path, isDryRun) = (parse.GetRequiredValue(file), parse.GetValue(dryRun));
        if (InputFile.Read(content, path, out var problem) is not { } text)
        {
            return terminal.Fail(problem);
        }

        var (variables, unread) = DotEnvFile.Parse(text);
        var database = data.Open(parse);
        using var store = database.OpenProviders();
        var plan = store.InTransaction(() =>
        {
            var reading = new ImportPlan(store, database.Vault, environment);
            reading.Problems.AddRange(unread.Select(line => $"Line {line} is not NAME=value."));
            reading.Run(variables, isDryRun);
            return reading;
        });
        if (plan.Problems.Count > 0)
        {
            return terminal.Fail([.. plan.Problems, "Nothing was taken over."]);
        }

        if (parse.GetValue(json))
        {
            terminal.WriteJson(new ImportReport(isDryRun, plan.Variables), CliJson.Readable.ImportReport);
        }
        else
        {
            Show(terminal, plan, isDryRun);
        }

        if (plan.HasKey && !isDryRun && path != "-")
        {
            terminal.Note($"The key is still in {InputFile.Name(path)}, too; nothing needs it there any more.");
        }

        return ExitCode.Done;
    }

    private static void Show(Terminal terminal, ImportPlan plan, bool isDryRun)
    {
        if (plan.Variables.Count == 0)
        {
            terminal.WriteLine("There is no variable in it.");
            return;
        }

        var facts = new FactSheet();
        foreach (var (variable, taken, effect) in plan.Variables)
        {
            facts.Add(variable, new Phrase(effect, taken ? Tone.Good : Tone.Plain));
        }

        terminal.Write(facts);
        terminal.WriteLine(
            isDryRun ? "Nothing was written. To take it over: the same without --dry-run" : "Next: ",
            new Phrase(isDryRun ? "" : "provider-cli list", Tone.Strong));
    }
}
