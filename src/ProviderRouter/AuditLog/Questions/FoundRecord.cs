using ProviderRouter.AuditLog.Questions.Text;

namespace ProviderRouter.AuditLog.Questions;

/// <summary>An exchange that a filter is true of.</summary>
/// <param name="Record">The exchange.</param>
/// <param name="Hit">Where in it stands what was looked for; null where nothing was.</param>
public sealed record FoundRecord(AuditRecord Record, TextHit? Hit);
