using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Comparison.Texts;

namespace ProviderRouter.Comparison;

/// <summary>Two answers and what differs in them.</summary>
/// <param name="Left">The first.</param>
/// <param name="Right">The second.</param>
/// <param name="RequestFields">The fields in which their requests differ; null where a request is not kept.</param>
public sealed record TwoAnswers(ComparedAnswer Left, ComparedAnswer Right, IReadOnlyList<string>? RequestFields)
{
    /// <summary>Their texts, piece by piece.</summary>
    public TextDiff Diff { get; } = TextDiff.Of(Left.Text, Right.Text);

    /// <summary>Their calls of tools, side by side.</summary>
    public IReadOnlyList<ToolCallMatch> ToolCalls { get; } = ToolCallMatch.Match(Left.ToolCalls, Right.ToolCalls);

    /// <summary>How alike they are.</summary>
    public AnswerVerdict Verdict { get; } = AnswerVerdicts.Between(Left, Right);

    /// <summary>Compares two exchanges.</summary>
    public static TwoAnswers Of(AuditRecord left, RecordedBodies leftBodies, AuditRecord right, RecordedBodies rightBodies) =>
        new(ComparedAnswer.Read(left, leftBodies), ComparedAnswer.Read(right, rightBodies), RequestDifference.Between(left, leftBodies, right, rightBodies));
}
