using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Providers;

/// <summary><c>provider-cli provider enable NAME</c> and <c>provider disable NAME</c></summary>
internal sealed class ProviderEnableCommand : Command
{
    private readonly ProviderNameArgument name = new();

    public ProviderEnableCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal, bool enables)
        : base(
            enables ? "enable" : "disable",
            enables ? "Let a disabled provider answer again." : "Let a provider answer nobody, and keep all that is known of it.")
    {
        Add(name);
        Add(json);
        this.AddExamples("lab");
        SetAction(parse =>
        {
            using var store = data.Open(parse).OpenProviders();
            var typed = parse.GetRequiredValue(name);
            var problems = new List<string>();
            if (store.InTransaction(() => Change(store, typed, enables, environment, problems)) is not var (before, place))
            {
                return terminal.Fail(problems);
            }

            if (parse.GetValue(json))
            {
                terminal.WriteJson(ProviderReport.Of(before with { Enabled = enables }, place), CliJson.Readable.ProviderReport);
            }
            else
            {
                terminal.WriteLine(
                    new Phrase(before.Name, Tone.Good), before.Enabled == enables ? " is already " : " is now ", enables ? "enabled" : "disabled");
            }

            if (!enables && place.FallbackPlace(before.Name) is not null)
            {
                terminal.Warn($"{before.Name} answers when {place.Active} fails; while it is disabled, it is passed over.");
            }

            return ExitCode.Done;
        });
    }

    /// <summary>The provider as it was; null, and why, when it stays so.</summary>
    private static (Provider Before, ProviderPlace Place)? Change(
        ProviderStore store, string typed, bool enables, RouterEnvironment environment, List<string> problems)
    {
        var known = new KnownProviders(store.List());
        if (known.Find(typed) is not { } provider)
        {
            problems.Add(known.Unknown(typed));
            return null;
        }

        var place = ProviderPlace.Read(store, environment);
        if (!enables && provider.Name == place.Active)
        {
            problems.Add($"{provider.Name} is active. Choose another first: provider-cli set NAME");
            return null;
        }

        store.SetEnabled(provider.Name, enables);
        return (provider, place);
    }
}
