namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>Where something was found in an exchange: a part of the text, and what of it was looked for.</summary>
/// <param name="Snippet">The text around the first place, on one line.</param>
/// <param name="Marks">What was looked for in it, in order, without overlaps.</param>
/// <param name="Count">How often it stands in the exchange, up to <see cref="TextSearch.MostCounted"/>.</param>
public sealed record TextHit(string Snippet, IReadOnlyList<Range> Marks, int Count)
{
    /// <summary>The snippet in pieces, each with whether it is what was looked for.</summary>
    public IEnumerable<(string Text, bool IsMark)> Pieces
    {
        get
        {
            var at = 0;
            foreach (var mark in Marks)
            {
                yield return (Snippet[at..mark.Start], false);
                yield return (Snippet[mark], true);
                at = mark.End.Value;
            }

            yield return (Snippet[at..], false);
        }
    }
}
