using System.Globalization;
using ProviderRouter.Comparison;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Compare;

/// <summary>One figure of two answers.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Left">Of the first.</param>
/// <param name="Right">Of the second.</param>
/// <param name="Faster">Below zero where the first is faster, above where the second is.</param>
internal sealed record ComparedFigure(string Name, string Left, string Right, int Faster = 0)
{
    /// <summary>All of two answers.</summary>
    public static IReadOnlyList<ComparedFigure> Of(TwoAnswers two)
    {
        var (left, right) = (ShortText.Of(two.Left.Record), ShortText.Of(two.Right.Record));
        // How fast an error comes says nothing.
        var isFair = two.Left.IsOk && two.Right.IsOk;
        return
        [
            new("Provider", left.Provider ?? "none", right.Provider ?? "none"),
            new("Model", left.ResponseModel ?? left.Model ?? "–", right.ResponseModel ?? right.Model ?? "–"),
            new("Status", Number(left.StatusCode), Number(right.StatusCode)),
            new("Duration", Time(left.DurationMs), Time(right.DurationMs), Less(left.DurationMs, right.DurationMs)),
            new("First token", Time(left.FirstTokenMs), Time(right.FirstTokenMs), Less(left.FirstTokenMs, right.FirstTokenMs)),
            new("Tokens of the prompt", Number(left.PromptTokens), Number(right.PromptTokens)),
            new("Tokens of the answer", Number(left.CompletionTokens), Number(right.CompletionTokens)),
            new("Tokens a second", Speed(left.TokensPerSecond), Speed(right.TokensPerSecond), -Less(left.TokensPerSecond, right.TokensPerSecond)),
            new("Letters of reasoning", Number(two.Left.ReasoningLetters), Number(two.Right.ReasoningLetters)),
            new("Finish reason", left.FinishReason ?? "–", right.FinishReason ?? "–"),
        ];

        int Less(double? one, double? other) => isFair && one is { } known && other is { } too ? known.CompareTo(too) : 0;
    }

    private static string Time(double? milliseconds) => milliseconds is { } known ? ReadableDuration.From(known) : "–";

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "–";

    private static string Speed(double? speed) => speed?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–";
}
