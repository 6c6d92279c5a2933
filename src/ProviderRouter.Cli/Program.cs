using System.CommandLine;
using ProviderRouter.Cli;
using ProviderRouter.Cli.Commands;
using ProviderRouter.Cli.Commands.Backup;
using ProviderRouter.Cli.Commands.Compare;
using ProviderRouter.Cli.Commands.Completion;
using ProviderRouter.Cli.Commands.Config;
using ProviderRouter.Cli.Commands.Db;
using ProviderRouter.Cli.Commands.Export;
using ProviderRouter.Cli.Commands.History;
using ProviderRouter.Cli.Commands.Import;
using ProviderRouter.Cli.Commands.Key;
using ProviderRouter.Cli.Commands.Providers;
using ProviderRouter.Cli.Commands.Prune;
using ProviderRouter.Cli.Commands.Replay;
using ProviderRouter.Cli.Commands.Show;
using ProviderRouter.Cli.Commands.Stats;
using ProviderRouter.Cli.Commands.Status;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;

var time = TimeProvider.System;
var environment = RouterEnvironment.OfThisProcess();
var terminal = Terminal.OfThisProcess();
var data = new DataOption(environment, time);
var json = new JsonOption();

var root = new RootCommand("Choose the provider behind your local router, and see what went through it.")
{
    data,
    new StatusCommand(data, json, environment, terminal),
    new SetCommand(data, json, environment, terminal),
    new ListCommand(data, json, environment, terminal),
    new TestCommand(data, json, environment, terminal, time),
    new ModelsCommand(data, json, environment, terminal, time),
    new ProviderCommand(data, json, environment, terminal, time),
    new HistoryCommand(data, json, terminal, time),
    new ShowCommand(data, json, terminal, time),
    new StatsCommand(data, json, terminal, time),
    new ReplayCommand(data, json, environment, terminal, time),
    new CompareCommand(data, json, terminal, time),
    new VerifyCommand(data, json, terminal, time),
    new PruneCommand(data, json, terminal, time),
    new KeyCommand(data, json, terminal, time),
    new ConfigCommand(data, json, terminal),
    new ExportCommand(data, json, terminal, time),
    new ImportCommand(data, json, environment, terminal, time),
    new BackupCommand(data, json, terminal, time),
    new DbCommand(data, json, terminal, time),
    new CompletionCommand(),
};
RootHelp.AddTo(root, terminal);

return new Invocation(root, data, terminal).Run(args);
