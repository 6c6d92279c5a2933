using System.CommandLine;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Config.Exchange;

/// <summary><c>provider-cli config import FILE</c></summary>
internal sealed class ConfigImportCommand : Command
{
    private readonly Argument<string> file = new("file") { Description = "What config export wrote; - for stdin.", CompletionSources = { Completes.Files } };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Change nothing, and say what would change." };

    public ConfigImportCommand(DataOption data, JsonOption json, Terminal terminal)
        : base("import", "Take over what config export wrote. Stored keys stay, and so does what it does not name.")
    {
        Add(file);
        Add(dryRun);
        Add(json);
        this.AddExamples("router.json --dry-run", "- < router.json");
        SetAction(parse =>
        {
            var (path, isDryRun) = (parse.GetRequiredValue(file), parse.GetValue(dryRun));
            if (InputFile.Read(path, out var unreadable) is not { } text)
            {
                return terminal.Fail(unreadable);
            }

            var problems = new List<string>();
            if (ConfigReader.Read(text, problems) is not { } document)
            {
                return terminal.Fail($"{InputFile.Name(path)} cannot be imported. {problems[0]}");
            }

            using var store = data.Open(parse).OpenConfiguration();
            var import = new ConfigImport(store, document);
            if (store.Providers.InTransaction(() => import.Run(isDryRun, problems)) is not { } report)
            {
                return terminal.Fail([.. problems, "Nothing was imported."]);
            }

            if (parse.GetValue(json))
            {
                terminal.WriteJson(report, CliJson.Readable.ConfigImportReport);
            }
            else
            {
                Show(terminal, report);
            }

            foreach (var warning in import.Warnings)
            {
                terminal.Warn(warning);
            }

            return ExitCode.Done;
        });
    }

    private static void Show(Terminal terminal, ConfigImportReport report)
    {
        var facts = new FactSheet();
        facts.Add("Providers added", Joined(report.Added));
        facts.Add("Providers changed", Joined(report.Changed));
        facts.Add("Settings changed", Joined(report.Settings));
        facts.Add("Active provider", report.ActiveProvider ?? "stays");
        facts.Add("Fallbacks", report.ActiveProvider is null ? "stay" : Joined(report.Fallbacks));
        terminal.Write(facts);
        foreach (var name in report.KeysToStore)
        {
            terminal.WriteLine($"Store the key of {name}: ", new Phrase($"provider-cli provider edit {name} --key-stdin", Tone.Strong));
        }

        if (report.DryRun)
        {
            terminal.WriteLine("Nothing was written. To import it: the same without --dry-run");
        }
    }

    private static string Joined(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
