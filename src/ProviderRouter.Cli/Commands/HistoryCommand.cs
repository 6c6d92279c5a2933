using System.CommandLine;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands;

/// <summary><c>provider-cli history</c></summary>
internal sealed class HistoryCommand : Command
{
    private readonly LimitOption limit = new();

    public HistoryCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("history", $"Show the latest requests, newest first; {HistoryTable.StreamMark} marks a stream.")
    {
        var filters = new FilterOptions(time);
        Add(limit);
        filters.AddTo(this);
        Add(json);
        this.AddExamples("", "-n 5 --json", "--provider openai --status 5xx --since yesterday", "--search \"out of memory\" --slower-than 10s");
        SetAction(parse =>
        {
            var database = data.OpenMarked(parse);
            using var store = database.OpenProviders();
            using var log = database.OpenLog();
            var known = new KnownProviders(store.List());
            var filter = filters.In(parse, known, log);
            var entries = log.Find(filter).Take(parse.GetValue(limit)).ToList();
            if (entries.Count == 0)
            {
                terminal.Note(filter == ExchangeFilter.All ? "No request is on record yet."
                    : filter.Provider is { } name && known.Find(name) is null ? known.Unknown(name)
                    : filter == ExchangeFilter.All with { Provider = filter.Provider } ? $"No request is on record that {filter.Provider} answered."
                    : "No request on record is of that kind.");
            }

            if (parse.GetValue(json))
            {
                terminal.WriteJson([.. entries.Select(HistoryRow.Of)], CliJson.Readable.IReadOnlyListHistoryRow);
            }
            else if (!terminal.IsTerminal)
            {
                terminal.Write(HistoryTable.ForPipe(entries));
            }
            else if (entries.Count > 0)
            {
                terminal.Write(HistoryTable.ForTerminal(entries, time));
            }

            return ExitCode.Done;
        });
    }
}

/// <summary>One request as <c>history --json</c> prints it.</summary>
/// <param name="CreatedAt">In UTC.</param>
internal sealed record HistoryRow(
    string RequestId, DateTime CreatedAt, string? Provider, string? Model, string Endpoint, string Method, int? StatusCode,
    double? DurationMs, bool Stream, string? Error, string? Outcome)
{
    public static HistoryRow Of(AuditRecord entry) => new(
        entry.RequestId, entry.CreatedAt.UtcDateTime, entry.Provider, entry.Model, entry.Endpoint, entry.Method, entry.StatusCode,
        entry.DurationMs, entry.Stream, entry.Error, entry.Outcome);
}
