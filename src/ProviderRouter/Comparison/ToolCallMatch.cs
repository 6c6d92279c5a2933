using System.Text.Json;
using ProviderRouter.Conversations;

namespace ProviderRouter.Comparison;

/// <summary>Two calls of tools in the same place.</summary>
/// <param name="Left">Null where the left answer has fewer.</param>
/// <param name="Right">Null where the right answer has fewer.</param>
/// <param name="IsSame">True when both call the same tool with the same arguments.</param>
public sealed record ToolCallMatch(ToolCallPart? Left, ToolCallPart? Right, bool IsSame)
{
    /// <summary>Puts the calls of two answers side by side, in their order.</summary>
    public static IReadOnlyList<ToolCallMatch> Match(IReadOnlyList<ToolCallPart> left, IReadOnlyList<ToolCallPart> right) =>
        [.. Enumerable.Range(0, Math.Max(left.Count, right.Count)).Select(i => Of(i < left.Count ? left[i] : null, i < right.Count ? right[i] : null))];

    /// <summary>True when all are the same. Their ids do not count: each provider makes its own.</summary>
    public static bool AreSame(IReadOnlyList<ToolCallPart> left, IReadOnlyList<ToolCallPart> right) =>
        left.Count == right.Count && Match(left, right).All(match => match.IsSame);

    private static ToolCallMatch Of(ToolCallPart? left, ToolCallPart? right) =>
        new(left, right, left is not null && right is not null && left.Name == right.Name && AreSameArguments(left.Arguments, right.Arguments));

    /// <summary>As data: the order of names and the spaces do not count, nor how a number or a letter is written.</summary>
    private static bool AreSameArguments(string left, string right)
    {
        if (left == right)
        {
            return true;
        }

        try
        {
            using var one = JsonDocument.Parse(left);
            using var other = JsonDocument.Parse(right);
            return JsonElement.DeepEquals(one.RootElement, other.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // A model wrote something else; then it is the same only to the letter.
            return false;
        }
    }
}
