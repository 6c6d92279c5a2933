using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Providers;

/// <summary><c>provider-cli provider remove NAME</c></summary>
internal sealed class ProviderRemoveCommand : Command
{
    private readonly ProviderNameArgument name = new();

    public ProviderRemoveCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal)
        : base("remove", "Remove a provider and its stored key; its requests stay on record.")
    {
        Aliases.Add("rm");
        Add(name);
        Add(json);
        this.AddExamples("lab");
        SetAction(parse =>
        {
            using var store = data.Open(parse).OpenProviders();
            var typed = parse.GetRequiredValue(name);
            var problems = new List<string>();
            var removed = store.InTransaction(() => Remove(store, typed, environment, problems));
            if (removed is null)
            {
                return terminal.Fail(problems);
            }

            if (parse.GetValue(json))
            {
                terminal.WriteJson(new RemoveReport(removed), CliJson.Readable.RemoveReport);
            }
            else
            {
                terminal.WriteLine("Removed ", new Phrase(removed, Tone.Good), "; its requests stay on record");
            }

            return ExitCode.Done;
        });
    }

    /// <summary>The name of the one that is removed; null, and why, when it stays.</summary>
    private static string? Remove(ProviderStore store, string typed, RouterEnvironment environment, List<string> problems)
    {
        var known = new KnownProviders(store.List());
        if (known.Find(typed)?.Name is not { } name)
        {
            problems.Add(known.Unknown(typed));
            return null;
        }

        var place = ProviderPlace.Read(store, environment);
        if (name == place.Active)
        {
            problems.Add($"{name} is active. Choose another first: provider-cli set NAME");
        }

        if (place.FallbackPlace(name) is not null)
        {
            problems.Add($"{name} answers when {place.Active} fails. Leave it out first: {place.SetWithout(name)}");
        }

        return problems.Count == 0 && store.Remove(name) ? name : null;
    }
}

/// <summary>What <c>provider remove --json</c> prints.</summary>
/// <param name="Removed">The name of the provider that is gone.</param>
internal sealed record RemoveReport(string Removed);
