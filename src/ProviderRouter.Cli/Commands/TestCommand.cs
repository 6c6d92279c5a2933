using System.CommandLine;
using ProviderRouter.Cli.Commands.Probing;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Upstream;

namespace ProviderRouter.Cli.Commands;

/// <summary><c>provider-cli test [NAME] [--all]</c></summary>
internal sealed class TestCommand : Command
{
    /// <summary>How many models are named; <c>--json</c> names them all.</summary>
    private const int NamedModels = 5;

    public TestCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal, TimeProvider time)
        : base("test", "Ask a provider for its models, to see whether it works.")
    {
        var asked = new AskedProviders(this);
        Add(json);
        this.AddExamples("", "qwen-direct --timeout 3", "--all");
        SetAction(async (parse, cancellation) =>
        {
            var database = data.Open(parse);
            var providers = asked.Find(parse, database, environment, out var problem);
            if (providers.Count == 0)
            {
                return terminal.Fail(problem);
            }

            using var probes = new Probes(database, environment, time, asked.Timeout(parse), cancellation);
            try
            {
                return asked.AreAll(parse)
                    ? await AskAllAsync(terminal, probes, providers, parse.GetValue(json))
                    : await AskOneAsync(terminal, probes, providers[0], parse.GetValue(json));
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
        });
    }

    private static async Task<int> AskOneAsync(Terminal terminal, Probes probes, Provider provider, bool asJson) =>
        Report(terminal, await terminal.WaitFor(probes.AskAsync(provider), $"Asking {provider.Name} at {provider.BaseUrl} …"), asJson);

    /// <summary>Asks all that are enabled, and shows on a terminal how far each is. All failures are said, below the table.</summary>
    private static async Task<int> AskAllAsync(Terminal terminal, Probes probes, IReadOnlyList<Provider> providers, bool asJson)
    {
        var board = new ProbeBoard(providers);
        var block = terminal.StartBlock(board.Height);
        var isLive = block.IsLive && !asJson;
        if (isLive)
        {
            block.Show(board.ForTerminal());
        }

        var enabled = providers.Where(provider => provider.Enabled).ToList();
        var answers = probes.AskAsync(enabled, result =>
        {
            board.Add(result);
            if (isLive)
            {
                block.Show(board.ForTerminal());
            }
        });
        var results = isLive ? await answers : await terminal.WaitFor(answers, $"Asking {enabled.Count} providers …");
        if (asJson)
        {
            terminal.WriteJson(results, CliJson.Readable.IReadOnlyListProbeResult);
        }
        else if (!isLive)
        {
            terminal.Write(terminal.IsTerminal ? board.ForTerminal() : board.ForPipe());
        }

        var errors = results.Select(result => result.Error).OfType<string>().ToList();
        return errors.Count == 0 ? ExitCode.Done : terminal.Fail(errors);
    }

    private static int Report(Terminal terminal, ProbeResult result, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(result, CliJson.Readable.ProbeResult);
        }

        if (!result.Healthy)
        {
            return terminal.Fail(result.Error!);
        }

        if (!asJson)
        {
            Show(terminal, result);
        }

        return ExitCode.Done;
    }

    private static void Show(Terminal terminal, ProbeResult result)
    {
        var count = result.Models.Count;
        var models = count switch { 0 => "no model", 1 => "1 model", _ => $"{count} models" };
        terminal.WriteLine(
            new Phrase($"✓ {result.Provider}", Tone.Good), $" is healthy: {models} in {ReadableDuration.From(result.LatencyMs)}");
        foreach (var model in result.Models.Take(NamedModels))
        {
            terminal.WriteLine("  ", model);
        }

        if (count > NamedModels)
        {
            terminal.WriteLine(
                new Phrase($"  and {count - NamedModels} more: provider-cli test {result.Provider} --json", Tone.Faint));
        }
    }
}
