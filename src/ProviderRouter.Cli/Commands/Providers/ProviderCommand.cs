using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;

namespace ProviderRouter.Cli.Commands.Providers;

/// <summary><c>provider-cli provider</c>: the providers in the database.</summary>
internal sealed class ProviderCommand : Command
{
    public ProviderCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal, TimeProvider time)
        : base("provider", "Add, change and remove providers.")
    {
        Add(new ListCommand(data, json, environment, terminal));
        Add(new ProviderShowCommand(data, json, environment, terminal));
        Add(new ProviderAddCommand(data, json, environment, terminal));
        Add(new ProviderEditCommand(data, json, environment, terminal));
        Add(new ProviderRemoveCommand(data, json, environment, terminal));
        Add(new ProviderEnableCommand(data, json, environment, terminal, enables: true));
        Add(new ProviderEnableCommand(data, json, environment, terminal, enables: false));
        Add(new TestCommand(data, json, environment, terminal, time));
        this.AddExamples("list", "add home --preset ollama", "edit lab --idle-timeout 10m", "disable lab");
    }
}
