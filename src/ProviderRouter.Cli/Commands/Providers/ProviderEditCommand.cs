using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Providers;

/// <summary><c>provider-cli provider edit NAME</c></summary>
internal sealed class ProviderEditCommand : Command
{
    // On which the options are tried before there is a database, so that all that is wrong with them is said at once.
    private static readonly Provider Any = new() { Name = "any", Type = "any", BaseUrl = "http://localhost" };

    private readonly ProviderNameArgument name = new();
    private readonly ProviderForm form = new();

    public ProviderEditCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal)
        : base("edit", "Change a provider, from the next request on; what is not named stays as it is.")
    {
        Add(name);
        foreach (var option in form.All)
        {
            Add(option);
        }

        Add(json);
        this.AddExamples("lab --base-url http://lab.local:9000/v1", "lab --alias gpt-4o= --idle-timeout default", "openai --key-stdin < key.txt");
        SetAction(parse =>
        {
            var problems = new List<string>();
            var change = form.Read(parse, isNew: false, problems);
            problems.AddRange(ProviderRules.Check(change(Any)));
            var typed = parse.GetRequiredValue(name);
            var key = form.Key.IsStored(parse) ? ProviderForm.ReadKey(terminal, KeyLike.Quote(typed), problems) : null;
            if (form.IsEmpty(parse))
            {
                problems.Add("Nothing says what to change.");
            }

            if (problems.Count > 0)
            {
                return terminal.Refuse(UsageProblem.WithHelp(problems, this));
            }

            var database = data.Open(parse);
            var sealedKey = key is null ? null : database.Vault.Seal(key);
            using var store = database.OpenProviders();
            return store.InTransaction(() => Edit(store, typed, change, sealedKey, problems)) switch
            {
                null => terminal.Fail(problems),
                var (before, after) => Report(parse.GetValue(json), before, after, sealedKey is not null, store),
            };
        });

        int Report(bool asJson, Provider before, Provider after, bool isKeyNew, ProviderStore store)
        {
            if (asJson)
            {
                terminal.WriteJson(ProviderReport.Of(after, ProviderPlace.Read(store, environment)), CliJson.Readable.ProviderReport);
            }
            else
            {
                Show(terminal, before, after, isKeyNew);
            }

            ProviderForm.Warn(terminal, after, environment);
            return ExitCode.Done;
        }
    }

    private static (Provider Before, Provider After)? Edit(
        ProviderStore store, string typed, Func<Provider, Provider> change, byte[]? sealedKey, List<string> problems)
    {
        var known = new KnownProviders(store.List());
        if (known.Find(typed) is not { } before)
        {
            problems.Add(known.Unknown(typed));
            return null;
        }

        var after = change(before) with { Origin = ProviderOrigin.Edited };
        after = sealedKey is null ? after : after with { Key = after.Key with { EnvironmentVariable = null, Sealed = sealedKey } };
        problems.AddRange(ProviderRules.Check(after));
        if (problems.Count > 0)
        {
            return null;
        }

        store.Update(after);
        return (before, after);
    }

    private static void Show(Terminal terminal, Provider before, Provider after, bool isKeyNew)
    {
        var changes = ProviderFacts.Of(before).Zip(ProviderFacts.Of(after)).Where(pair => pair.First != pair.Second).ToList();
        if (changes.Count == 0 && !isKeyNew)
        {
            terminal.WriteLine(new Phrase(after.Name, Tone.Good), " is as it was");
            return;
        }

        terminal.WriteLine(new Phrase(after.Name, Tone.Good), " is changed, from the next request on:");
        var facts = new FactSheet();
        foreach (var (old, current) in changes)
        {
            facts.Add($"  {old.Name}", $"{old.Value} → {current.Value}");
        }

        if (isKeyNew && before.Key.Source == after.Key.Source)
        {
            facts.Add("  Key", "another one is stored");
        }

        terminal.Write(facts);
        terminal.WriteLine("Next: ", new Phrase($"provider-cli test {after.Name}", Tone.Strong));
    }
}
