using System.CommandLine;
using ProviderRouter.Cli.Commands.Config.Exchange;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Config;

/// <summary><c>provider-cli config</c>: the settings in the database.</summary>
internal sealed class ConfigCommand : Command
{
    public ConfigCommand(DataOption data, JsonOption json, Terminal terminal)
        : base("config", "List, read and change the settings; export and import them with the providers.")
    {
        Add(new ConfigListCommand(data, json, terminal));
        Add(new ConfigGetCommand(data, json, terminal));
        Add(new ConfigSetCommand(data, json, terminal));
        Add(new ConfigUnsetCommand(data, json, terminal));
        Add(new ConfigExportCommand(data, json, terminal));
        Add(new ConfigImportCommand(data, json, terminal));
        this.AddExamples("list", "get audit.maxBody", "set retention.bodiesBefore 30d", "export router.json");
    }
}
