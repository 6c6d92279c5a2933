using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;
using ProviderRouter.Comparison;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Compare;

/// <summary>Finds in the log what two providers were asked alike, and compares their answers.</summary>
/// <param name="log">The log.</param>
/// <param name="from">The first provider.</param>
/// <param name="to">What counts of the second one.</param>
internal sealed class ProviderPairs(AuditLogReader log, string from, ExchangeFilter to)
{
    /// <summary>The first provider.</summary>
    public string From => from;

    /// <summary>What was found.</summary>
    public IReadOnlyList<ExchangePair> Pairs { get; private set; } = [];

    /// <summary>Looks for them.</summary>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public void Find(CancellationToken cancellation)
    {
        var pairing = new Pairing(from, Read, record => log.ReadRequestDigest(record.Id));
        pairing.AddTo(Cancellable(log.Find(to), cancellation));
        if (pairing.LooksForMore)
        {
            pairing.AddFrom(Cancellable(log.Find(ExchangeFilter.All with { Provider = from }), cancellation));
        }

        Pairs = pairing.Pairs;
    }

    /// <summary>Compares what was found.</summary>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public ProvidersReport Compare(ProgressBar bar, CancellationToken cancellation)
    {
        var (tally, list) = (new ComparisonTally(), new List<ListedPair>(Pairs.Count));
        foreach (var pair in Pairs)
        {
            cancellation.ThrowIfCancellationRequested();
            var verdict = Verdict(pair);
            tally.Add(pair, verdict);
            list.Add(ListedPair.Of(pair, verdict));
            bar.Add(hasFailed: false);
        }

        var answers = new AnswerCounts(
            tally.Count(AnswerVerdict.Same), tally.Count(AnswerVerdict.SameToolCalls), tally.Count(AnswerVerdict.Different),
            tally.Count(AnswerVerdict.NotCompared));
        return new(tally.Pairs, tally.Replays, answers, ProviderFigures.Of(from, tally.From), ProviderFigures.Of(to.Provider!, tally.To), list);
    }

    private AnswerVerdict Verdict(ExchangePair pair) => log.ReadBodies(pair.From.Id) is { } from && log.ReadBodies(pair.To.Id) is { } to
        ? AnswerVerdicts.Between(ComparedAnswer.Read(pair.From, from), ComparedAnswer.Read(pair.To, to)) : AnswerVerdict.NotCompared;

    private AuditRecord? Read(string requestId) => log.Name(requestId).Id is { } id ? log.Read(id) : null;

    private static IEnumerable<AuditRecord> Cancellable(IEnumerable<AuditRecord> records, CancellationToken cancellation)
    {
        foreach (var record in records)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return record;
        }
    }
}
