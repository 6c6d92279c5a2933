using System.CommandLine;
using System.CommandLine.Parsing;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Commands;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Options;

/// <summary>The options by which commands are told which exchanges are meant; all that are given must be true of one.</summary>
/// <param name="time">By which ages are counted.</param>
/// <param name="ofModel">Another name for <c>--model</c>, where a command has its own use for that.</param>
internal sealed class FilterOptions(TimeProvider time, string? ofModel = null)
{
    private readonly Option<string?> provider = new("--provider", "-p") { Description = "Only what this provider answered.", HelpName = "NAME" };

    private readonly Option<string?> model = new(ofModel ?? "--model", ofModel is null ? ["-m"] : [])
    {
        Description = "Only this model, as asked for or as it calls itself; * stands for any letters.",
        HelpName = "MODEL",
    };

    private readonly Option<StatusRange?> status = new("--status")
    {
        Description = "Only answers with this status: 429, 5xx.", HelpName = "STATUS", CustomParser = ParseStatus,
    };

    private readonly Option<string?> outcome = new("--outcome")
    {
        Description = "Only what ended so: ok, upstream_error, timeout, client_closed, ...; failed: all but ok; open: no answer yet.", HelpName = "OUTCOME", CustomParser = ParseOutcome,
    };

    private readonly Option<string?> endpoint = new("--endpoint") { Description = "Only this path, or its end: chat/completions.", HelpName = "PATH" };

    private readonly MomentOption since = new("--since", "Only what came in since then: 2h, yesterday, 2026-11-23T14:00:00Z.", time);

    private readonly MomentOption until = new("--until", "Only what came in before then.", time);

    private readonly Option<TimeSpan?> slowerThan = new("--slower-than")
    {
        Description = "Only what took longer: 500ms, 10s.", HelpName = "DURATION", CustomParser = ParseDuration,
    };

    private readonly Option<long?> minTokens = new("--min-tokens")
    {
        Description = "Only from so many tokens on, of prompt and answer together.", HelpName = "N", CustomParser = ParseTokens,
    };

    private readonly Option<string?> key = new("--key") { Description = "Only clients that showed the key of this name.", HelpName = "NAME" };

    private readonly Option<string?> beforeId = new("--before-id") { Description = "Only what is older than this request.", HelpName = "ID" };

    private readonly Option<string?> afterId = new("--after-id") { Description = "Only what is newer than this request.", HelpName = "ID" };

    /// <summary>What to look for.</summary>
    public Option<TextQuery?> Search { get; } = new("--search")
    {
        Description = "Only where all these words are in the request or its answer; \"in quotes\", one after the other.", HelpName = "TEXT", CustomParser = ParseSearch,
    };

    private Option[] All => [provider, model, status, outcome, endpoint, since, until, slowerThan, minTokens, key, Search, beforeId, afterId];

    /// <summary>Gives a command these options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="withProvider">False where it asks for providers in another way.</param>
    public void AddTo(Command command, bool withProvider = true)
    {
        provider.CompletionSources.Add(Completes.Providers);
        model.CompletionSources.Add(Completes.Models);
        status.CompletionSources.Add(Completes.Words("2xx", "4xx", "429", "5xx"));
        since.CompletionSources.Add(Completes.Words("1h", "today", "yesterday", "7d"));
        until.CompletionSources.Add(Completes.Words("1h", "today", "yesterday", "7d"));
        outcome.CompletionSources.Add(Completes.Outcomes);
        endpoint.CompletionSources.Add(Completes.Endpoints);
        key.CompletionSources.Add(Completes.Keys);
        beforeId.CompletionSources.Add(Completes.Requests);
        afterId.CompletionSources.Add(Completes.Requests);
        Array.ForEach(withProvider ? All : [.. All.Where(option => option != provider)], command.Add);
    }

    /// <summary>True when any of them is given.</summary>
    public bool AreGiven(CommandResult command) => Array.Exists(All, option => command.GetResult(option) is not null);

    /// <summary>What was asked for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="known">The providers, whose names are found whatever their case.</param>
    /// <param name="log">Where ids are looked up.</param>
    /// <exception cref="SetUpException">An id is on record nowhere; the message says what to do.</exception>
    public ExchangeFilter In(ParseResult parse, KnownProviders known, AuditLogReader log) => new()
    {
        // A provider that is gone still has its requests on record.
        Provider = parse.GetValue(provider) is { } typed ? known.Find(typed)?.Name ?? typed : null,
        Model = parse.GetValue(model),
        Status = parse.GetValue(status),
        Outcome = parse.GetValue(outcome),
        Endpoint = parse.GetValue(endpoint),
        Since = parse.GetValue(since),
        Until = parse.GetValue(until),
        SlowerThan = parse.GetValue(slowerThan),
        MinTokens = parse.GetValue(minTokens),
        ClientKey = parse.GetValue(key),
        Search = parse.GetValue(Search),
        BeforeId = Find(parse.GetValue(beforeId), log),
        AfterId = Find(parse.GetValue(afterId), log),
    };

    private static long? Find(string? typed, AuditLogReader log)
    {
        if (typed is null)
        {
            return null;
        }

        var name = log.Name(typed);
        return name.Problem(typed) is { } problem ? throw new SetUpException(problem) : name.Id;
    }

    private static StatusRange? ParseStatus(ArgumentResult result) => FilterValue.Status(TextOf(result), Refuse(result, "--status"));

    private static string? ParseOutcome(ArgumentResult result) => FilterValue.Outcome(TextOf(result), Refuse(result, "--outcome"));

    private static TimeSpan? ParseDuration(ArgumentResult result) => FilterValue.Duration(TextOf(result), Refuse(result, "--slower-than"));

    private static long? ParseTokens(ArgumentResult result) => FilterValue.Tokens(TextOf(result), Refuse(result, "--min-tokens"));

    private static TextQuery? ParseSearch(ArgumentResult result) => FilterValue.Search(TextOf(result), Refuse(result, "--search"));

    private static string TextOf(ArgumentResult result) => result.Tokens[0].Value;

    private static Action<string> Refuse(ArgumentResult result, string option) => problem => result.AddError($"{option} {problem}");
}
