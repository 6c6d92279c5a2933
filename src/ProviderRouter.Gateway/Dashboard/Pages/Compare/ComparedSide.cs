using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Compare;

/// <summary>One of two exchanges that stand side by side.</summary>
/// <param name="Letter">By which it is told from the other.</param>
/// <param name="Id">Its id.</param>
/// <param name="Record">Its record; null while it is not on record.</param>
/// <param name="When">When its request came in.</param>
/// <param name="Prompt">The start of what the user said last; null where there is nothing to be told.</param>
public sealed record ComparedSide(string Letter, string Id, AuditRecord? Record, Moment? When, string? Prompt)
{
    /// <summary>What it is called on the page: <c>A: lm-studio, 14:03:22</c>.</summary>
    public string Name => Record is null ? Letter : $"{Letter}: {Record.Provider ?? "nobody"}, {When?.Text}";

    /// <summary>Its page.</summary>
    public string Link => $"/ui/exchanges/{Uri.EscapeDataString(Id)}";
}
