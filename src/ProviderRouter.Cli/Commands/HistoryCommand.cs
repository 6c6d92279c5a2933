using System.CommandLine;
using ProviderRouter.AuditLog;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands;

/// <summary><c>provider-cli history</c></summary>
internal sealed class HistoryCommand : Command
{
    private readonly LimitOption limit = new();

    private readonly Option<string?> provider = new("--provider", "-p")
    {
        Description = "Show only the requests that this provider answered.",
        HelpName = "NAME",
    };

    public HistoryCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("history", $"Show the latest requests, newest first; {HistoryTable.StreamMark} marks a stream.")
    {
        Add(limit);
        Add(provider);
        Add(json);
        SetAction(parse =>
        {
            var database = data.OpenMarked(parse);
            using var store = database.OpenProviders();
            using var log = database.OpenLog();
            var known = new KnownProviders(store.List());
            // A provider that is gone still has its requests on record.
            var name = parse.GetValue(provider) is { } typed ? known.Find(typed)?.Name ?? typed : null;
            var entries = log.History(parse.GetValue(limit), name).ToList();
            if (entries.Count == 0)
            {
                terminal.Note(name is null ? "No request is on record yet."
                    : known.Find(name) is null ? known.Unknown(name)
                    : $"No request is on record that {name} answered.");
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
    public static HistoryRow Of(HistoryEntry entry) => new(
        entry.RequestId, entry.CreatedAt.UtcDateTime, entry.Provider, entry.Model, entry.Endpoint, entry.Method, entry.StatusCode,
        entry.DurationMs, entry.Stream, entry.Error, entry.Outcome);
}
