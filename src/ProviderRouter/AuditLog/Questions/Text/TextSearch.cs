using System.Text;

namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>Looks for a query in the texts of one exchange after the other, the answer first, and in each body from its end.</summary>
public sealed class TextSearch(TextQuery query)
{
    /// <summary>No more places are counted in one exchange.</summary>
    public const int MostCounted = 50;

    /// <summary>How much is shown before what was found, in UTF-16 units.</summary>
    private const int Before = 24;

    /// <summary>How much is shown in all, in UTF-16 units.</summary>
    private const int Shown = 160;

    /// <summary>The most that is shown where what was found is longer.</summary>
    private const int MostShown = 4 * Shown;

    private readonly BodyTexts texts = new();
    private readonly bool[] isFound = new bool[query.Phrases.Count];

    /// <summary>What was found in these bodies; null when not all of it is there.</summary>
    /// <param name="request">The request's body.</param>
    /// <param name="response">The answer's body.</param>
    /// <param name="countAll">False to stop once all is found.</param>
    public TextHit? Find(ReadOnlyMemory<byte>? request, ReadOnlyMemory<byte>? response, bool countAll = false)
    {
        Array.Clear(isFound);
        (string Text, Range Place)? first = null;
        var count = 0;
        foreach (var body in (ReadOnlySpan<ReadOnlyMemory<byte>?>)[response, request])
        {
            texts.Read(body);
            for (var i = texts.Units.Count - 1; i >= 0 && (!Array.TrueForAll(isFound, found => found) || (countAll && count < MostCounted)); i--)
            {
                var text = texts.Text(texts.Units[i]);
                for (var phrase = 0; phrase < isFound.Length; phrase++)
                {
                    for (var place = query.Phrases[phrase].Find(text); place is { } range; place = query.Phrases[phrase].Find(text, range.End.Value))
                    {
                        isFound[phrase] = true;
                        first ??= (text, range);
                        if (++count >= MostCounted || !countAll)
                        {
                            break;
                        }
                    }
                }
            }
        }

        return Array.TrueForAll(isFound, found => found) ? Snippet(first!.Value.Text, first.Value.Place, count) : null;
    }

    private TextHit Snippet(string text, Range place, int count)
    {
        var start = Math.Max(0, place.Start.Value - Before);
        if (start <= Before)
        {
            // So little is left before it that it may as well be there.
            start = 0;
        }
        else
        {
            // The whole word that this is in, where it begins nearby.
            var blank = text.AsSpan(start - Before, Before).LastIndexOfAny(' ', '\n', '\t');
            start = blank >= 0 ? start - Before + blank + 1 : start;
            start += char.IsLowSurrogate(text[start]) ? 1 : 0;
        }

        var length = Math.Min(Math.Clamp(place.End.Value - start, Shown, MostShown), text.Length - start);
        length -= length > 0 && start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]) ? 1 : 0;
        var snippet = new StringBuilder(start > 0 ? "…" : "").Append(text, start, length).Append(start + length < text.Length ? "…" : "")
            .Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ').ToString();
        return new TextHit(snippet, Marks(snippet), count);
    }

    private List<Range> Marks(string snippet)
    {
        var marks = new List<Range>();
        foreach (var phrase in query.Phrases)
        {
            for (var place = phrase.Find(snippet); place is { } range; place = phrase.Find(snippet, range.End.Value))
            {
                marks.Add(range);
            }
        }

        marks.Sort((one, other) => one.Start.Value.CompareTo(other.Start.Value));
        for (var i = marks.Count - 1; i > 0; i--)
        {
            if (marks[i].Start.Value < marks[i - 1].End.Value)
            {
                marks.RemoveAt(i);
            }
        }

        return marks;
    }
}
