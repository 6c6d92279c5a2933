using System.CommandLine;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Commands.Status;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Replay;

/// <summary><c>provider-cli replay ID... --to NAME</c></summary>
internal sealed class ReplayCommand : Command
{
    private readonly Option<string> to = new("--to") { Description = "Who is to answer now.", HelpName = "NAME", Required = true };

    private readonly Option<string?> model = new("--model", "-m")
    {
        Description = "Ask for this model. All else of a body stays as it was, byte for byte.", HelpName = "MODEL",
    };

    private readonly ParallelOption parallel = new();
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Send nothing, and say what would be sent, and what cannot be and why." };
    private readonly ReplaySelection selection;
    private readonly RouterKey key;

    public ReplayCommand(DataOption data, JsonOption json, RouterEnvironment environment, Terminal terminal, TimeProvider time)
        : base("replay", "Send requests of the log again, to another provider, through the router that runs.")
    {
        to.CompletionSources.Add(Completes.Providers);
        model.CompletionSources.Add(Completes.Models);
        this.AddExamples(
            "last --to qwen-direct", "--provider lm-studio --since 1d -n 200 --to qwen-proxy --parallel 8",
            "--status 5xx --since 2h --to lm-studio --model qwen3-30b --dry-run", "--search refund --to echo");
        Add(to);
        Add(model);
        Add(parallel);
        Add(dryRun);
        key = new RouterKey(this);
        selection = new ReplaySelection(this, time);
        Add(json);
        // On another thread: this one has to listen for Ctrl+C.
        SetAction((parse, cancellation) => Task.Run(
            () => RunAsync(parse, data.OpenMarked(parse), environment, terminal, time, parse.GetValue(json), cancellation), CancellationToken.None));
    }

    private async Task<int> RunAsync(
        ParseResult parse, SqliteDatabase database, RouterEnvironment environment, Terminal terminal, TimeProvider time, bool asJson,
        CancellationToken cancellation)
    {
        using var log = database.OpenLog();
        var known = Known(database);
        var typed = parse.GetRequiredValue(to);
        if (known.Find(typed) is not { } provider)
        {
            return terminal.Fail(known.Unknown(typed));
        }

        if (!provider.Enabled)
        {
            return terminal.Fail($"The provider {provider.Name} is disabled. Enable it: provider-cli provider enable {provider.Name}");
        }

        IndexFirst.Run(database, selection.SearchIn(parse), terminal, time, cancellation);
        var ids = selection.Find(parse, known, log, out var problems);
        if (problems.Count > 0)
        {
            return terminal.Fail(problems);
        }

        var requests = new RecordedRequests(log, parse.GetValue(model));
        if (parse.GetValue(dryRun))
        {
            return new ReplaySummary(terminal, requests, provider.Name).SayForeseen(ids, asJson);
        }

        if (FindRouter(database) is not { } router)
        {
            return terminal.Fail("No router is running on this data folder to send them through. Start one: provider-router");
        }

        using var client = new ReplayClient(router, provider.Name, key.Read(parse, environment, terminal), time);
        ReplayReport report;
        ReplayRun run;
        using (var bar = new ProgressBar(terminal.StartProgress(time), ids.Count, time))
        {
            run = new ReplayRun(requests, client, parse.GetValue(parallel), bar, time);
            report = await run.RunAsync(ids, cancellation);
        }

        return new ReplaySummary(terminal, requests, provider.Name).Say(report, run.StopReason, cancellation.IsCancellationRequested, asJson);
    }

    private static KnownProviders Known(SqliteDatabase database)
    {
        using var store = database.OpenProviders();
        return new KnownProviders(store.List());
    }

    private static string? FindRouter(SqliteDatabase database) =>
        RunningServer.Ask(database.ServerUrls()).FirstOrDefault(server => server.Log is not null)?.Url.TrimEnd('/');
}
