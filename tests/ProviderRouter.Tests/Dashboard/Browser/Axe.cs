using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>Deque's axe: WCAG 2.0 to 2.2, levels A and AA, and its best practices.</summary>
internal static class Axe
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"] },
    };

    /// <summary>The page has no finding; else the test fails with each.</summary>
    public static async Task HasNoFindingsAsync(IPage page)
    {
        var findings = await FindingsAsync(page);
        Assert.True(findings.Count == 0, $"axe finds fault with {page.Url}:\n  {string.Join("\n  ", findings)}");
    }

    /// <summary>Each finding: the rule, where it is broken, and what stands there.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(IPage page)
    {
        var result = await page.RunAxe(Rules);
        Assert.True(result.Passes.Length > 0, $"axe saw nothing on {page.Url}.");
        return [.. result.Violations.SelectMany(rule => rule.Nodes.Select(node =>
            $"{rule.Id} ({rule.Impact}): {rule.Help}\n    at {node.Target}\n    {node.Html}\n    {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}"))];
    }
}
