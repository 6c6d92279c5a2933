namespace ProviderRouter.Comparison;

/// <summary>What pairs of exchanges amount to.</summary>
public sealed class ComparisonTally
{
    private readonly Dictionary<AnswerVerdict, int> verdicts = [];

    /// <summary>How many pairs there are.</summary>
    public int Pairs { get; private set; }

    /// <summary>Of those, how many are a request and its repetition.</summary>
    public int Replays { get; private set; }

    /// <summary>The first provider's figures.</summary>
    public SideTally From { get; } = new();

    /// <summary>The second provider's figures.</summary>
    public SideTally To { get; } = new();

    /// <summary>How many pairs are so alike.</summary>
    public int Count(AnswerVerdict verdict) => verdicts.GetValueOrDefault(verdict);

    /// <summary>Takes one pair in.</summary>
    public void Add(ExchangePair pair, AnswerVerdict verdict)
    {
        Pairs++;
        Replays += pair.IsReplay ? 1 : 0;
        verdicts[verdict] = Count(verdict) + 1;
        var (from, to) = (pair.From, pair.To);
        var (fromFailed, toFailed) = (from.Outcome != "ok", to.Outcome != "ok");
        From.Failed += fromFailed ? 1 : 0;
        To.Failed += toFailed ? 1 : 0;
        if (fromFailed || toFailed)
        {
            // How fast an error comes, and how cheap it is, says nothing of an answer.
            return;
        }

        From.Add(from, to);
        To.Add(to, from);
    }
}
