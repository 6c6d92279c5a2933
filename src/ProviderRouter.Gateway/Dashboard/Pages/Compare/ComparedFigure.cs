using System.Globalization;
using ProviderRouter.Comparison;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Compare;

/// <summary>One figure of two answers.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Left">Of the first.</param>
/// <param name="Right">Of the second.</param>
internal sealed record ComparedFigure(string Name, string Left, string Right)
{
    private const string None = "–";

    /// <summary>By how much the first is the better one; null where it is not.</summary>
    public string? LeftBetter { get; private init; }

    /// <summary>By how much the second is the better one; null where it is not.</summary>
    public string? RightBetter { get; private init; }

    /// <summary>All of two answers; without those that neither has.</summary>
    public static IReadOnlyList<ComparedFigure> Of(TwoAnswers two)
    {
        var (left, right) = (ShortText.Of(two.Left.Record), ShortText.Of(two.Right.Record));
        // How fast an error comes says nothing.
        var isFair = two.Left.IsOk && two.Right.IsOk;
        return
        [
            .. new ComparedFigure[]
            {
                new("Provider", left.Provider ?? "none", right.Provider ?? "none"),
                new("Model", ModelWords.Of(left) ?? None, ModelWords.Of(right) ?? None),
                new("Status", Number(left.StatusCode), Number(right.StatusCode)),
                Less(new("Duration", Time(left.DurationMs), Time(right.DurationMs)), left.DurationMs, right.DurationMs),
                Less(new("First token", Time(left.FirstTokenMs), Time(right.FirstTokenMs)), left.FirstTokenMs, right.FirstTokenMs),
                new("Tokens of the prompt", Number(left.PromptTokens), Number(right.PromptTokens)),
                new("Tokens of the answer", Number(left.CompletionTokens), Number(right.CompletionTokens)),
                More(new("Tokens a second", Speed(left.TokensPerSecond), Speed(right.TokensPerSecond)), left.TokensPerSecond, right.TokensPerSecond),
                new("Characters of reasoning", Number(two.Left.ReasoningCharacters), Number(two.Right.ReasoningCharacters)),
                new("Finish reason", left.FinishReason ?? None, right.FinishReason ?? None),
            }.Where(figure => (figure.Left, figure.Right) is not (None, None) && !(figure.Name == "Characters of reasoning" && figure is { Left: "0", Right: "0" })),
        ];

        ComparedFigure Less(ComparedFigure figure, double? one, double? other) => Judge(figure, other - one, by => $"{Time(by)} faster");

        ComparedFigure More(ComparedFigure figure, double? one, double? other) => Judge(figure, one - other, by => $"{Speed(by)} more");

        ComparedFigure Judge(ComparedFigure figure, double? ahead, Func<double, string> say) => !isFair || figure.Left == figure.Right ? figure
            : ahead > 0 ? figure with { LeftBetter = say(ahead.Value) } : ahead < 0 ? figure with { RightBetter = say(-ahead.Value) } : figure;
    }

    private static string Time(double? milliseconds) => milliseconds is { } known ? ReadableDuration.From(known) : None;

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? None;

    private static string Speed(double? speed) => speed?.ToString("0.0", CultureInfo.InvariantCulture) ?? None;
}
