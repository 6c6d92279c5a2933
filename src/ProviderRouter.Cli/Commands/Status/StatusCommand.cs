using System.CommandLine;
using ProviderRouter.Cli.Commands.Providers;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;

namespace ProviderRouter.Cli.Commands.Status;

/// <summary><c>provider-cli status</c></summary>
internal sealed class StatusCommand : Command
{
    public StatusCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal)
        : base("status", "Show who answers and who does in its place, the database, the server, and what to do about what is wrong.")
    {
        Add(json);
        this.AddExamples("", "--json");
        SetAction(parse =>
        {
            var database = data.OpenMarked(parse);
            using var store = database.OpenProviders();
            using var log = database.OpenLog();
            var (choice, providers) = (ActiveChoice.Read(store, environment), store.List());
            var place = new ProviderPlace(choice.Active.Name, store.ReadFallbacks());
            var servers = RunningServer.Ask(database.ServerUrls());
            // Before this program's own connections close, which empties the -wal file.
            var disk = database.MeasureDisk();

            var ofProviders = new ProviderProblems(providers, place, environment, database.Vault);
            var ofActive = ofProviders.OfActive();
            var start = parse.GetValue(data) is { Length: > 0 } folder ? $"provider-router --data {ShellWord.From(folder)}" : "provider-router";
            IEnumerable<StatusProblem?> problems =
            [
                ofActive, .. ofProviders.OfFallbacks(), .. ofProviders.OfStoredKeys(), .. new ServerProblems(servers, start).All(disk),
                .. FileProblems.In(database, servers.Count > 0),
            ];
            var report = StatusReport.Of(
                database, choice, FallbackReport.In(place, providers), log.Count(),
                servers.OrderBy(server => !ServerProblems.Of(server).Any()).FirstOrDefault(), disk, ofActive?.Problem,
                [.. problems.OfType<StatusProblem>().Distinct()]);
            if (parse.GetValue(json))
            {
                terminal.WriteJson(report, CliJson.Readable.StatusReport);
            }
            else
            {
                StatusFacts.Show(terminal, report, servers);
            }

            return ExitCode.Done;
        });
    }
}
