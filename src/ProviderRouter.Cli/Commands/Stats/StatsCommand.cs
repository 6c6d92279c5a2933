using System.CommandLine;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Stats;

/// <summary><c>provider-cli stats</c></summary>
internal sealed class StatsCommand : Command
{
    private readonly Option<StatsGrouping> by = new("--by")
    {
        Description = "What is counted together: provider, model, endpoint, status, key, hour, day.",
        HelpName = "WHAT",
        DefaultValueFactory = _ => StatsGrouping.Provider,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value.Trim();
            if (Enum.TryParse<StatsGrouping>(text, ignoreCase: true, out var grouping) && text.All(char.IsAsciiLetter) && grouping != StatsGrouping.Minute)
            {
                return grouping;
            }

            result.AddError($"--by takes {string.Join(", ", Names)}, not {KeyLike.Quote(text)}.");
            return default;
        },
    };

    public StatsCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("stats", "Show how many requests there were, how they ended, how long they took and their tokens.")
    {
        var filters = new FilterOptions(time);
        Add(by);
        filters.AddTo(this);
        Add(json);
        by.CompletionSources.Add(Completes.Words([.. Names]));
        this.AddExamples("", "--since 7d --by day", "--by model --provider openai", "--since 1d --by hour --json");
        SetAction(parse =>
        {
            var database = data.OpenMarked(parse);
            using var store = database.OpenProviders();
            using var log = database.OpenLog();
            var known = new KnownProviders(store.List());
            var filter = filters.In(parse, known, log);
            var grouping = parse.GetValue(by);
            IndexFirst.Run(database, filter.Search, terminal, time, CancellationToken.None);
            var report = log.Stats(filter, grouping, time.LocalTimeZone);
            if (report.Overall.Count == 0)
            {
                terminal.Note(filter.Provider is { } name && known.Find(name) is null ? known.Unknown(name)
                    : filter == AuditLog.Questions.ExchangeFilter.All ? "No request is on record yet." : "No request on record is of that kind.");
            }

            if (parse.GetValue(json))
            {
                terminal.WriteJson(StatsDocument.Of(report, grouping), CliJson.Readable.StatsDocument);
            }
            else if (!terminal.IsTerminal)
            {
                terminal.Write(StatsTable.ForPipe(report, grouping));
            }
            else if (report.Overall.Count > 0)
            {
                terminal.Write(StatsTable.ForTerminal(report, grouping));
                StatsSummary.Say(report, grouping, terminal);
            }

            return ExitCode.Done;
        });
    }

    // Minutes are for charts of short spans; of a whole log there would be too many.
    private static IEnumerable<string> Names =>
        Enum.GetValues<StatsGrouping>().Where(grouping => grouping != StatsGrouping.Minute).Select(grouping => grouping.ToString().ToLowerInvariant());
}
