using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Compare;

/// <summary>An exchange that can be chosen.</summary>
/// <param name="Record">The exchange.</param>
/// <param name="When">When its request came in.</param>
/// <param name="Prompt">The start of what the user said last; null where there is none, or it took too long to read.</param>
/// <param name="Link">The page to which it leads.</param>
public sealed record CompareChoice(AuditRecord Record, Moment When, string? Prompt, string Link)
{
    /// <summary>How it ended.</summary>
    public Badge Badge => Badge.Of(Record);

    /// <summary>The model, or, without one, what was asked.</summary>
    public string Model => ModelWords.Of(Record) ?? Record.Endpoint;
}
