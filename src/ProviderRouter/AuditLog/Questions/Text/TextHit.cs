namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>Where something was found in an exchange: a part of the text, and what of it was looked for.</summary>
/// <param name="Snippet">The text around the first place, on one line.</param>
/// <param name="Marks">What was looked for in it, in order, without overlaps.</param>
/// <param name="Count">How often it stands in the exchange, up to <see cref="TextSearch.MostCounted"/>.</param>
public sealed record TextHit(string Snippet, IReadOnlyList<Range> Marks, int Count);
