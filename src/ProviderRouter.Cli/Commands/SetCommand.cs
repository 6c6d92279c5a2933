using System.CommandLine;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands;

/// <summary><c>provider-cli set NAME</c></summary>
internal sealed class SetCommand : Command
{
    private readonly Argument<string> name = new("provider")
    {
        Description = "Its name, as provider-cli list shows it.", CompletionSources = { Completes.Providers },
    };

    private readonly FallbackOption fallback = new();

    private readonly Option<bool> noFallback = new("--no-fallback") { Description = "Nobody answers in its place. So it is without --fallback." };

    public SetCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal)
        : base("set", "Choose the provider that answers from the next request on, and who does when it fails.")
    {
        Add(name);
        Add(fallback);
        Add(noFallback);
        Add(json);
        this.AddExamples("qwen-direct", "openai --fallback lab,echo", "lm-studio --no-fallback");
        Validators.Add(command =>
        {
            if (command.GetValue(noFallback) && command.GetResult(fallback) is not null)
            {
                command.AddError("--fallback and --no-fallback do not go together.");
            }
        });
        SetAction(parse =>
        {
            using var store = data.Open(parse).OpenProviders();
            var problems = new List<string>();
            var (typed, others) = (parse.GetRequiredValue(name), parse.GetValue(fallback) ?? []);
            if (store.InTransaction(() => Change(store, typed, others, environment, problems)) is not { } change)
            {
                return terminal.Fail(problems);
            }

            if (parse.GetValue(json))
            {
                terminal.WriteJson(change.ToReport(), CliJson.Readable.SetReport);
            }
            else
            {
                change.Show(terminal);
            }

            foreach (var provider in change.Providers.Where(provider => provider.Key.IsMissing(environment)))
            {
                terminal.Warn($"{provider.Key.EnvironmentVariable} is not set here; the router needs it where it runs.");
            }

            return ExitCode.Done;
        });
    }

    /// <summary>Writes the choice where it is another one; null, and every reason, when it cannot be made.</summary>
    private static ActiveChange? Change(
        ProviderStore store, string typed, IReadOnlyList<string> fallbacks, RouterEnvironment environment, List<string> problems)
    {
        var known = new KnownProviders(store.List());
        var chosen = new List<Provider>();
        foreach (var wanted in fallbacks.Prepend(typed))
        {
            var provider = known.Find(wanted);
            if (provider is null)
            {
                problems.Add(known.Unknown(wanted));
            }
            else if (chosen.Contains(provider))
            {
                problems.Add(provider == chosen[0] && known.Find(typed) == provider
                    ? $"{provider.Name} cannot answer in its own place." : $"{provider.Name} is named twice.");
            }
            else
            {
                problems.AddRange(provider.Enabled ? [] : [$"{provider.Name} is disabled. Choose another: provider-cli list"]);
                chosen.Add(provider);
            }
        }

        if (problems.Count > 0)
        {
            return null;
        }

        var change = new ActiveChange(chosen, ActiveChoice.Read(store, environment).Active, store.ReadFallbacks());
        if (change.IsOne)
        {
            store.SetActive(chosen[0].Name, change.Fallbacks);
        }

        return change;
    }
}
