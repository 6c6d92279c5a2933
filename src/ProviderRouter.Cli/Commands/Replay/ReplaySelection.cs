using System.CommandLine;
using System.CommandLine.Parsing;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Options;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Replay;

/// <summary>Which exchanges are meant: those that are named, or the newest of a kind.</summary>
internal sealed class ReplaySelection
{
    private readonly Argument<string[]> ids = new("id")
    {
        Description = "The id of a request, or the start of it; last for the newest. Several with blanks between.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly LimitOption limit = new(most: 20, "Without ids: send at most N, the newest.");
    private readonly FilterOptions filters;

    public ReplaySelection(Command command, TimeProvider time)
    {
        filters = new FilterOptions(time, ofModel: "--of-model");
        ids.CompletionSources.Add(Completes.Requests);
        command.Add(ids);
        command.Add(limit);
        filters.AddTo(command);
        command.Validators.Add(Check);
    }

    /// <summary>What they are to have in them; null for anything.</summary>
    public TextQuery? SearchIn(ParseResult parse) => parse.GetValue(filters.Search);

    /// <summary>The <see cref="AuditRecord.Id"/>s, in the order in which they are to be sent.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="known">The providers.</param>
    /// <param name="log">Where they are looked for.</param>
    /// <param name="problems">Why there are none: of each id that names none, or that nothing is of that kind.</param>
    public IReadOnlyList<long> Find(ParseResult parse, KnownProviders known, AuditLogReader log, out IReadOnlyList<string> problems)
    {
        problems = [];
        if (parse.GetValue(ids) is { Length: > 0 } typed)
        {
            var names = typed.Select(one => (Typed: one, Name: log.Name(one))).ToList();
            problems = [.. names.Select(one => one.Name.Problem(one.Typed)).OfType<string>()];
            return [.. names.Select(one => one.Name.Id).OfType<long>().Distinct()];
        }

        var filter = filters.In(parse, known, log) with { IsReplay = false };
        // All of them before the first is sent: a question to the log that stays open would keep its file from being tidied up.
        var found = log.Find(filter).Take(parse.GetValue(limit)).Select(record => record.Id).ToList();
        problems = found.Count > 0 ? []
            : [filter.Provider is { } name && known.Find(name) is null ? known.Unknown(name) : "No request on record is of that kind (replays do not count)."];
        return found;
    }

    private void Check(CommandResult result)
    {
        var (named, limited, filtered) = (result.GetResult(ids)?.Tokens.Count > 0, result.GetResult(limit) is { Implicit: false }, filters.AreGiven(result));
        if (named && (filtered || limited))
        {
            result.AddError("Ids and filters do not go together: name the requests, or say of what kind they are.");
        }
        else if (!named && !filtered && !limited)
        {
            result.AddError("Which requests? Name their ids, or say of what kind they are, as in --since 1h, or -n 5 for the newest 5.");
        }
    }
}
