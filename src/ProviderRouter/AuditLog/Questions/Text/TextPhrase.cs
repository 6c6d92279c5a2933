namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>Words that follow each other.</summary>
/// <param name="Words">The words in lower case, as <see cref="WordReader"/> has them.</param>
/// <param name="IsPrefix">True when the last one stands for all that begin with it.</param>
internal sealed record TextPhrase(IReadOnlyList<PhraseWord> Words, bool IsPrefix)
{
    /// <summary>Reads what was typed; null when there is no word in it.</summary>
    public static TextPhrase? Parse(string typed)
    {
        var words = new List<PhraseWord>();
        var reader = new WordReader(typed);
        while (reader.Next())
        {
            words.Add(new PhraseWord(reader.Word.ToString(), reader.IsLetter, words.Count > 0 && reader.IsLetter && words[^1].IsLetter && words[^1].End == reader.Start, reader.End));
        }

        return words.Count == 0 ? null : new TextPhrase(words, typed.TrimEnd().EndsWith('*') && !words[^1].IsLetter);
    }

    /// <summary>
    /// What an index of <see cref="WordSet"/>s is asked for: all of these must be in a text that has the phrase. Of letters side by
    /// side the pairs.
    /// </summary>
    public IEnumerable<string> Terms()
    {
        for (var i = 0; i < Words.Count; i++)
        {
            var word = Words[i];
            if (word.FollowsLetter)
            {
                yield return Words[i - 1].Text + word.Text;
            }
            else if (!word.IsLetter || i + 1 == Words.Count || !Words[i + 1].FollowsLetter)
            {
                yield return word.Text;
            }
        }
    }

    /// <summary>Where in a text it stands first, at or after a place; null when it does not.</summary>
    public Range? Find(string text, int from = 0)
    {
        var first = Words[0].Text;
        for (var at = from; (at = text.IndexOf(first, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            if (EndAt(text, at) is { } end)
            {
                return at..end;
            }
        }

        return null;
    }

    /// <summary>Where it ends that begins here; null where another word does. Letters that were typed side by side stand so.</summary>
    private int? EndAt(string text, int at)
    {
        if (!Words[0].IsLetter && IsInWord(text, at))
        {
            return null;
        }

        var reader = new WordReader(text.AsSpan(at));
        var end = 0;
        for (var i = 0; i < Words.Count; i++)
        {
            if (!reader.Next() || (Words[i].FollowsLetter && reader.Start != end))
            {
                return null;
            }

            var isStart = IsPrefix && i == Words.Count - 1;
            if (!(isStart ? reader.Word.StartsWith(Words[i].Text, StringComparison.Ordinal) : reader.Word.SequenceEqual(Words[i].Text)))
            {
                return null;
            }

            end = reader.End;
        }

        return at + end;
    }

    /// <summary>True in the middle of a word, as the letter before tells: words may be of any length.</summary>
    private static bool IsInWord(string text, int at)
    {
        var before = at == 0 ? 0 : at - (at > 1 && char.IsLowSurrogate(text[at - 1]) ? 2 : 1);
        var reader = new WordReader(text.AsSpan(before, at - before));
        return reader.Next() && !reader.IsLetter;
    }
}

/// <summary>A word of a phrase.</summary>
/// <param name="Text">In lower case.</param>
/// <param name="IsLetter">True of a letter that is a word of its own.</param>
/// <param name="FollowsLetter">True when such a letter stands right before it.</param>
/// <param name="End">Where it ends in what was typed.</param>
internal sealed record PhraseWord(string Text, bool IsLetter, bool FollowsLetter, int End);
