using System.CommandLine;
using ProviderRouter.Cli.Commands.Probing;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;

namespace ProviderRouter.Cli.Commands;

/// <summary><c>provider-cli models [NAME] [--all]</c></summary>
internal sealed class ModelsCommand : Command
{
    public ModelsCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal, TimeProvider time)
        : base("models", "List the models of a provider, which one is its default, and the aliases that stand for them.")
    {
        var asked = new AskedProviders(this);
        Add(json);
        this.AddExamples("", "openai --json", "--all");
        SetAction(async (parse, cancellation) =>
        {
            var database = data.Open(parse);
            var found = asked.Find(parse, database, environment, out var problem);
            var providers = asked.AreAll(parse) ? found.Where(provider => provider.Enabled).ToList() : found;
            if (providers.Count == 0)
            {
                return terminal.Fail(problem);
            }

            using var probes = new Probes(database, environment, time, asked.Timeout(parse), cancellation);
            try
            {
                var what = providers.Count == 1 ? $"{providers[0].Name} at {providers[0].BaseUrl}" : $"{providers.Count} providers";
                var results = await terminal.WaitFor(probes.AskAsync(providers), $"Asking {what} …");
                Show(
                    terminal, [.. providers.Zip(results).Where(pair => pair.Second.Healthy).SelectMany(pair => ListedModel.Of(pair.First, pair.Second.Models))],
                    parse.GetValue(json));
                foreach (var result in results.Where(result => result is { Healthy: true, Models: [] }))
                {
                    terminal.Note($"{result.Provider} lists no model.");
                }

                var errors = results.Select(result => result.Error).OfType<string>().ToList();
                return errors.Count == 0 ? ExitCode.Done : terminal.Fail(errors);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
        });
    }

    private static void Show(Terminal terminal, IReadOnlyList<ListedModel> models, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(models, CliJson.Readable.IReadOnlyListListedModel);
        }
        else if (models.Count > 0)
        {
            terminal.Write(terminal.IsTerminal ? ModelTable.ForTerminal(models) : ModelTable.ForPipe(models));
        }
    }
}
