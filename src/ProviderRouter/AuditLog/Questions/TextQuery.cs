namespace ProviderRouter.AuditLog.Questions;

/// <summary>What to look for in requests and answers: words that all must be there, and phrases in quotes. Case does not count.</summary>
/// <param name="Text">As it was typed.</param>
public sealed record TextQuery(string Text);
