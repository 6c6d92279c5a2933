using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Comparison;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Pages.Exchanges;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Compare;

/// <summary>Two exchanges side by side.</summary>
/// <param name="Frame">What stands around them.</param>
/// <param name="Two">What differs in them; null while one is not on record, or under way.</param>
/// <param name="Left">The first; null while it is not on record.</param>
/// <param name="Right">The second; null while it is not on record.</param>
/// <param name="LeftId">Its id.</param>
/// <param name="RightId">Its id.</param>
public sealed record CompareModel(PageFrame Frame, TwoAnswers? Two, AuditRecord? Left, AuditRecord? Right, string LeftId, string RightId)
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
    public string? UnderWay => Left?.Outcome is null ? LeftId : Right?.Outcome is null ? RightId : null;

    /// <summary>What is to be known before the texts are read; empty for nothing.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (var (record, id) in ((AuditRecord?, string)[])[(Left, LeftId), (Right, RightId)])
        {
            if (record is null)
            {
                yield return $"{id} is not on record yet. This page shows it as soon as it is.";
            }
            else if (OutcomeWords.Why(ShortText.Of(record)) is { } why)
            {
                yield return $"{id[..13]}: {why}";
            }
            else if (record.Outcome is null)
            {
                yield return $"{record.Provider ?? "The provider"} has not finished its answer. This page shows it as soon as it is over.";
            }
            else if ((record == Left ? Two?.Left : Two?.Right) is { IsCut: true })
            {
                yield return $"{id[..13]}: its answer is larger than this page can show: its first {ReadableSize.From(FoundExchange.Most)} are here.";
            }
            else if (Two?.Verdict == AnswerVerdict.NotCompared && record.ResponseBodyState is not "whole")
            {
                yield return $"{id[..13]}: the log does not have its answer whole ({record.ResponseBodyState}).";
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
public sealed record CompareFormModel(PageFrame Frame, string? Left, string? Right, IReadOnlyList<string> Problems);
