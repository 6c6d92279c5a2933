using ProviderRouter.Comparison;
using ProviderRouter.Comparison.Texts;

namespace ProviderRouter.Cli.Commands.Compare;

/// <summary>Two answers and what differs in them.</summary>
/// <param name="Left">The first.</param>
/// <param name="Right">The second.</param>
/// <param name="RequestFields">The fields in which their requests differ; null where a request is not kept.</param>
internal sealed record TwoAnswers(ComparedAnswer Left, ComparedAnswer Right, IReadOnlyList<string>? RequestFields)
{
    public TextDiff Diff { get; } = TextDiff.Of(Left.Text, Right.Text);

    public IReadOnlyList<ToolCallMatch> ToolCalls { get; } = ToolCallMatch.Match(Left.ToolCalls, Right.ToolCalls);

    public AnswerVerdict Verdict { get; } = AnswerVerdicts.Between(Left, Right);
}
