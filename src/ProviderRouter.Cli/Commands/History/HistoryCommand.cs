using System.CommandLine;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.History;

/// <summary><c>provider-cli history</c></summary>
internal sealed class HistoryCommand : Command
{
    private readonly LimitOption limit = new();
    private readonly FilterOptions filters;
    private readonly ColumnsOption columns = new();
    private readonly Terminal terminal;
    private readonly TimeProvider time;

    private readonly Option<bool> follow = new("--follow", "-f") { Description = "Go on with what comes in, the newest last, until Ctrl+C." };
    private readonly Option<bool> ranked = new("--ranked") { Description = "With --search: what is most about it first, of the newest 1000." };

    public HistoryCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("history", $"Show the latest requests, newest first; {HistoryTable.StreamMark} marks a stream.")
    {
        (this.terminal, this.time) = (terminal, time);
        filters = new FilterOptions(time);
        Add(limit);
        filters.AddTo(this);
        Add(ranked);
        Add(follow);
        Add(columns);
        Add(json);
        Validators.Add(result =>
        {
            if (result.GetValue(ranked) && (result.GetValue(filters.Search) is null || result.GetValue(follow)))
            {
                result.AddError("--ranked needs --search TEXT, and has no --follow.");
            }
        });
        this.AddExamples(
            "-n 5 --json", "--follow", "--provider openai --status 5xx --since yesterday",
            "--search \"out of memory\" --columns time,id,model,prompt");
        // On another thread: this one has to listen for Ctrl+C.
        SetAction((parse, cancellation) => Task.Run(() => Run(data, json, parse, cancellation), CancellationToken.None));
    }

    private int Run(DataOption data, JsonOption json, ParseResult parse, CancellationToken cancellation)
    {
        var database = data.OpenMarked(parse);
        using var store = database.OpenProviders();
        using var log = database.OpenLog();
        var known = new KnownProviders(store.List());
        var filter = filters.In(parse, known, log);
        var table = new HistoryTable(parse.GetValue(columns), terminal.IsTerminal, time);
        var items = new HistoryItems(log, withPrompts: parse.GetValue(json) || table.ShowsPrompts);
        var isFollowing = parse.GetValue(follow);
        IndexFirst.Run(database, filter.Search, terminal, time, cancellation);

        try
        {
            if (isFollowing)
            {
                var before = parse.GetResult(limit)!.Implicit ? HistoryFollow.ShownBefore : parse.GetValue(limit);
                return new HistoryFollow(log, items, table, terminal).Run(filter, before, parse.GetValue(json), cancellation);
            }

            var found = parse.GetValue(ranked) ? log.FindRanked(filter, cancellation) : log.FindTexts(filter, cancellation: cancellation);
            var entries = found.TakeWhile(_ => !cancellation.IsCancellationRequested)
                .Take(parse.GetValue(limit)).Select(items.Of).ToList();
            cancellation.ThrowIfCancellationRequested();
            Say(filter, known, entries);
            Write(table, entries, parse.GetValue(json));
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private void Say(ExchangeFilter filter, KnownProviders known, List<HistoryItem> entries)
    {
        if (entries.Count == 0)
        {
            terminal.Note(filter == ExchangeFilter.All ? "No request is on record yet."
                : filter.Provider is { } name && known.Find(name) is null ? known.Unknown(name)
                : filter == ExchangeFilter.All with { Provider = filter.Provider } ? $"No request is on record that {filter.Provider} answered."
                : "No request on record is of that kind.");
        }
    }

    private void Write(HistoryTable table, List<HistoryItem> entries, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson([.. entries.Select(HistoryRow.Of)], CliJson.Readable.IReadOnlyListHistoryRow);
        }
        else if (entries.Count > 0 || !terminal.IsTerminal)
        {
            terminal.Write(table.Of(entries));
        }
    }
}
