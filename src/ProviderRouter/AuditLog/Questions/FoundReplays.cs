namespace ProviderRouter.AuditLog.Questions;

/// <summary>The exchanges that repeat one.</summary>
/// <param name="Newest">The newest of them, the newest first.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Unseen">Of so many exchanges it was not looked up whether they repeat it; 0 where the index has all but the newest.</param>
public sealed record FoundReplays(IReadOnlyList<AuditRecord> Newest, int Count, long Unseen);
