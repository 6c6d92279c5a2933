using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Comparison;

/// <summary>Two exchanges that asked the same of two providers.</summary>
/// <param name="From">What the one answered.</param>
/// <param name="To">What the other answered.</param>
/// <param name="IsReplay">True where the second repeats the first; false where both have the same body.</param>
public sealed record ExchangePair(AuditRecord From, AuditRecord To, bool IsReplay);
