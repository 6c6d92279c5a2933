using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;

namespace ProviderRouter.Cli.Commands.Providers;

/// <summary><c>provider-cli provider show NAME</c></summary>
internal sealed class ProviderShowCommand : Command
{
    private readonly ProviderNameArgument name = new();

    public ProviderShowCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal)
        : base("show", "Show all of a provider; of its key only where it comes from.")
    {
        Add(name);
        Add(json);
        this.AddExamples("openai", "openai --json");
        SetAction(parse =>
        {
            using var store = data.Open(parse).OpenProviders();
            var known = new KnownProviders(store.List());
            var typed = parse.GetRequiredValue(name);
            if (known.Find(typed) is not { } provider)
            {
                return terminal.Fail(known.Unknown(typed));
            }

            var place = ProviderPlace.Read(store, environment);
            if (parse.GetValue(json))
            {
                terminal.WriteJson(ProviderReport.Of(provider, place), CliJson.Readable.ProviderReport);
            }
            else
            {
                ProviderFacts.Show(terminal, provider, place);
            }

            return ExitCode.Done;
        });
    }
}
