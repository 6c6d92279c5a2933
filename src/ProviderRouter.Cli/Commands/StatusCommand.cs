using System.CommandLine;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli.Commands;

/// <summary><c>provider-cli status</c></summary>
internal sealed class StatusCommand : Command
{
    public StatusCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal)
        : base("status", "Show the active provider, who chose it, the database, and how a running server's log does.")
    {
        Add(json);
        SetAction(parse =>
        {
            var database = data.OpenMarked(parse);
            using var store = database.OpenProviders();
            using var log = database.OpenLog();
            var choice = ActiveChoice.Read(store, environment);
            var problem = choice.ProblemIn(environment, new KnownProviders(store.List()));
            var servers = RunningServer.Ask(database.ServerUrls());
            // Of several, the one that something is wrong with.
            var server = servers.OrderBy(server => TroubleWith(server) is null).FirstOrDefault();
            var report = new StatusReport(
                choice.Active.Name, NameOf(choice.Active.Source), database.Path, choice.Provider?.BaseUrl, log.Count(),
                ProductVersion.Text, problem?.Problem, server is null ? null : new ServerReport(server.Url), server?.Log);
            if (parse.GetValue(json))
            {
                terminal.WriteJson(report, CliJson.Readable.StatusReport);
                return ExitCode.Done;
            }

            Show(terminal, report, servers);
            foreach (var trouble in servers.Select(TroubleWith).OfType<string>())
            {
                terminal.WriteLine(new Phrase("! ", Tone.Warning), trouble);
            }

            if (problem is { Next: var next })
            {
                terminal.WriteLine(new Phrase("! ", Tone.Warning), report.Problem!);
                terminal.WriteLine("  Next: ", new Phrase(next, Tone.Strong));
            }

            return ExitCode.Done;
        });
    }

    private static void Show(Terminal terminal, StatusReport report, IReadOnlyList<RunningServer> servers)
    {
        var facts = new FactSheet();
        facts.Add("Active provider", new Phrase(report.ActiveProvider, report.Problem is null ? Tone.Good : Tone.Warning));
        facts.Add("Base URL", report.BaseUrl ?? "-");
        facts.Add("Chosen by", report.Source switch
        {
            "database" => "the database",
            "environment" => $"{ActiveProvider.Variable}, as the database names none",
            _ => "default, as neither the database nor the environment names one",
        });
        facts.Add("Database", report.Database);
        facts.Add("On record", report.Requests == 1 ? "1 request" : $"{report.Requests} requests");
        foreach (var server in servers)
        {
            facts.Add("Server", new Phrase(
                $"{server.Url}, {(server.Log is { State: var state } ? $"log {state}" : "no answer")}",
                TroubleWith(server) is null ? Tone.Good : Tone.Warning));
        }

        if (servers.Count == 0)
        {
            facts.Add("Server", "not running");
        }

        terminal.Write(facts);
    }

    private static string? TroubleWith(RunningServer server) =>
        server.Log is null ? $"The server at {server.Url} did not say how it does. Is it overloaded, or stopped?" : server.Log.Problem;

    private static string NameOf(ActiveProviderSource source) => source switch
    {
        ActiveProviderSource.Database => "database",
        ActiveProviderSource.Environment => "environment",
        _ => "default",
    };
}

/// <summary>What <c>status --json</c> prints.</summary>
/// <param name="Source"><c>database</c>, <c>environment</c> or <c>default</c>.</param>
/// <param name="BaseUrl">Null when no provider has the active name.</param>
/// <param name="Requests">Requests on record.</param>
/// <param name="Problem">What keeps the active provider from answering; null when nothing is seen.</param>
/// <param name="Server">The server that runs; null when none does.</param>
/// <param name="Log">How its log does; null when no server runs, or it did not answer.</param>
internal sealed record StatusReport(
    string ActiveProvider, string Source, string Database, string? BaseUrl, long Requests, string Version, string? Problem,
    ServerReport? Server, LogReport? Log);

/// <summary>The server that runs, as <c>status --json</c> prints it.</summary>
internal sealed record ServerReport(string Url);
