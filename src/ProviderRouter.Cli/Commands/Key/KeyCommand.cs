using System.CommandLine;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Key;

/// <summary><c>provider-cli key</c>: the keys that clients of the router show.</summary>
internal sealed class KeyCommand : Command
{
    public KeyCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("key", "Make, list and revoke the keys that clients show to the router.")
    {
        Add(new KeyCreateCommand(data, json, terminal));
        Add(new KeyListCommand(data, json, terminal, time));
        Add(new KeyRevokeCommand(data, json, terminal));
        this.AddExamples("create webui", "list", "revoke webui");
    }
}
