using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Text;

namespace ProviderRouter.Cli.Commands.History;

/// <summary>An exchange as <c>history</c> lists it.</summary>
/// <param name="Record">The exchange.</param>
/// <param name="ShortId">The shortest start of its id that names it alone.</param>
/// <param name="Prompt">The start of what the user said last, or null.</param>
/// <param name="Hit">Where in it stands what was looked for; null where nothing was.</param>
internal sealed record HistoryItem(AuditRecord Record, string ShortId, string? Prompt, TextHit? Hit);
