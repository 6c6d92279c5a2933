using System.CommandLine;
using System.CommandLine.Parsing;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Help;
using ProviderRouter.Cli.Options;
using ProviderRouter.Cli.Output;
using ProviderRouter.Comparison;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Compare;

/// <summary><c>provider-cli compare ID ID</c> and <c>provider-cli compare --from NAME --to NAME</c></summary>
internal sealed class CompareCommand : Command
{
    private readonly Argument<string[]> ids = new("id")
    {
        Description = "Two requests: their ids, or the starts of them; last for the newest.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> from = new("--from") { Description = "Compare all that this provider answered ...", HelpName = "NAME" };

    private readonly Option<string?> to = new("--to")
    {
        Description = "... with what this one answered when it was asked the same: as a replay, or with the same body.", HelpName = "NAME",
    };

    private readonly Option<bool> list = new("--list") { Description = "Of many: print each pair, too." };
    private readonly FilterOptions filters;

    public CompareCommand(DataOption data, JsonOption json, Terminal terminal, TimeProvider time)
        : base("compare", "Compare two answers, or two providers by all that both were asked. Filters choose from what --to answered.")
    {
        filters = new FilterOptions(time);
        ids.CompletionSources.Add(Completes.Requests);
        from.CompletionSources.Add(Completes.Providers);
        to.CompletionSources.Add(Completes.Providers);
        this.AddExamples("019ab2c3-4d5e last", "--from lm-studio --to qwen-proxy --since 1d --list", "--from openai --to openrouter --json");
        Add(ids);
        Add(from);
        Add(to);
        Add(list);
        filters.AddTo(this, withProvider: false);
        Add(json);
        Validators.Add(Check);
        // On another thread: this one has to listen for Ctrl+C.
        SetAction((parse, cancellation) => Task.Run(
            () =>
            {
                var database = data.OpenMarked(parse);
                using var log = database.OpenLog();
                return parse.GetValue(ids) is { Length: > 0 } typed ? CompareTwo(log, typed, terminal, parse.GetValue(json))
                    : CompareMany(parse, database, log, terminal, time, parse.GetValue(json), cancellation);
            },
            CancellationToken.None));
    }

    private void Check(CommandResult result)
    {
        var named = result.GetResult(ids)?.Tokens.Count ?? 0;
        var (hasFrom, hasTo) = (result.GetResult(from) is not null, result.GetResult(to) is not null);
        if (named > 0 && (hasFrom || hasTo || result.GetResult(list) is not null || filters.AreGiven(result)))
        {
            result.AddError("Two ids, or --from and --to with filters: not both.");
        }
        else if (named is 1 or > 2)
        {
            result.AddError($"It takes two ids, not {named}.");
        }
        else if (named == 0 && !(hasFrom && hasTo))
        {
            result.AddError("Compare what? Give two ids, or two providers with --from and --to.");
        }
    }

    private static int CompareTwo(AuditLogReader log, string[] typed, Terminal terminal, bool asJson)
    {
        var names = typed.Select(one => (Typed: one, Name: log.Name(one))).ToList();
        var problems = names.Select(one => one.Name.Problem(one.Typed)).OfType<string>().ToList();
        if (problems.Count > 0)
        {
            return terminal.Fail(problems);
        }

        var (left, right) = (names[0].Name.Id!.Value, names[1].Name.Id!.Value);
        if (log.Read(left) is not { } one || log.Read(right) is not { } other
            || log.ReadBodies(left) is not { } leftBodies || log.ReadBodies(right) is not { } rightBodies)
        {
            return terminal.Fail("One of them was removed from the log meanwhile.");
        }

        var comparison = TwoAnswers.Of(one, leftBodies, other, rightBodies);
        if (asJson)
        {
            terminal.WriteJson(TwoAnswersReport.Of(comparison), CliJson.Readable.TwoAnswersReport);
        }
        else
        {
            TwoAnswersPage.Write(terminal, comparison, log.Shorten);
        }

        return ExitCode.Done;
    }

    private int CompareMany(
        ParseResult parse, SqliteDatabase database, AuditLogReader log, Terminal terminal, TimeProvider time, bool asJson, CancellationToken cancellation)
    {
        using var store = database.OpenProviders();
        var known = new KnownProviders(store.List());
        var (one, other) = (parse.GetValue(from)!, parse.GetValue(to)!);
        var filter = filters.In(parse, known, log) with { Provider = known.Find(other)?.Name ?? other };
        IndexFirst.Run(database, filter.Search, terminal, time, cancellation);
        var pairs = new ProviderPairs(log, known.Find(one)?.Name ?? one, filter);
        ProvidersReport report;
        try
        {
            pairs.Find(cancellation);
            using var bar = new ProgressBar(terminal.StartProgress(time), pairs.Pairs.Count, time);
            report = pairs.Compare(bar, cancellation);
        }
        catch (OperationCanceledException)
        {
            terminal.Note("Interrupted.");
            return ExitCode.Interrupted;
        }

        if (report.Pairs == 0)
        {
            string[] unknown = [.. new[] { one, other }.Where(name => known.Find(name) is null).Select(known.Unknown)];
            if (unknown.Length > 0)
            {
                return terminal.Fail(unknown);
            }

            terminal.Note($"Nothing on record was asked of both. Ask the same of {filter.Provider}:"
                + $" provider-cli replay --provider {pairs.From} --to {filter.Provider} -n 20");
        }

        if (asJson)
        {
            terminal.WriteJson(report, CliJson.Readable.ProvidersReport);
        }
        else if (report.Pairs > 0)
        {
            ProvidersPage.Write(terminal, report, parse.GetValue(list), log.Shorten);
        }

        return ExitCode.Done;
    }
}
