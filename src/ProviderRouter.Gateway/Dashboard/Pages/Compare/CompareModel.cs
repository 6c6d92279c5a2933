using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Comparison;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Pages.Exchanges;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Compare;

/// <summary>Two exchanges side by side.</summary>
/// <param name="Frame">What stands around them.</param>
/// <param name="Two">What differs in them; null while one is not on record, or under way.</param>
/// <param name="Left">The first.</param>
/// <param name="Right">The second.</param>
public sealed record CompareModel(PageFrame Frame, TwoAnswers? Two, ComparedSide Left, ComparedSide Right)
{
    /// <summary>How alike they are, in a word or two.</summary>
    public Badge Verdict => Two?.Verdict switch
    {
        AnswerVerdict.Same => new(Tone.Good, "the same answer"),
        AnswerVerdict.SameToolCalls => new(Tone.Good, "the same tool calls, other words"),
        AnswerVerdict.Different => new(Tone.Warning, "different answers"),
        AnswerVerdict.NotCompared => new(Tone.Bad, "not compared"),
        _ => new(Tone.Busy, "under way"),
    };

    /// <summary>The id of one that has not ended; null where both have.</summary>
    public string? UnderWay => Left.Record?.Outcome is null ? Left.Id : Right.Record?.Outcome is null ? Right.Id : null;

    /// <summary>Both, each with its answer.</summary>
    public IReadOnlyList<(ComparedSide Side, ComparedAnswer Answer)> Sides => Two is null ? [] : [(Left, Two.Left), (Right, Two.Right)];

    /// <summary>What was asked, and of whom.</summary>
    public IEnumerable<(string Who, string Prompt)> Asked =>
        Left.Prompt is { } both && both == Right.Prompt ? [("Both were asked", both)]
        : new[] { Left, Right }.Where(side => side.Prompt is not null).Select(side => ($"{side.Letter} was asked", side.Prompt!));

    /// <summary>What is to be known before the texts are read; empty for nothing.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (var side in new[] { Left, Right })
        {
            if (side.Record is not { } record)
            {
                yield return $"{side.Letter}: {side.Id} is not on record yet. This page shows it as soon as it is.";
            }
            else if (OutcomeWords.Why(record) is { } why)
            {
                yield return $"{side.Letter}: {why}";
            }
            else if (record.Outcome is null)
            {
                yield return $"{side.Letter}: {record.Provider ?? "The provider"} has not finished its answer. This page shows it as soon as it is over.";
            }
            else if ((side == Left ? Two?.Left : Two?.Right) is { IsCut: true })
            {
                yield return $"{side.Letter}: its answer is larger than this page can show: its first {ReadableSize.From(FoundExchange.Most)} are here.";
            }
            else if (Two?.Verdict == AnswerVerdict.NotCompared && record.ResponseBodyState is not "whole")
            {
                yield return $"{side.Letter}: the log does not have its answer whole ({record.ResponseBodyState}).";
            }
        }

        if (Two is { RequestFields: null })
        {
            yield return "Whether the requests are the same is not known: not both are kept, or they are too large.";
        }
        else if (Two is { RequestFields.Count: > 0 })
        {
            yield return $"The requests differ in {string.Join(", ", Two.RequestFields)}.";
        }
    }
}

/// <summary>The form that asks which two.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Left">What was typed for the first one, or null.</param>
/// <param name="Right">What was typed for the second one, or null.</param>
/// <param name="Problems">What is wrong with that.</param>
/// <param name="Choices">What there is.</param>
public sealed record CompareFormModel(PageFrame Frame, string? Left, string? Right, IReadOnlyList<string> Problems, CompareChoices Choices);
