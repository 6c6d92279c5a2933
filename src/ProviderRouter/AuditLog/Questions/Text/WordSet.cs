using System.Buffers;
using System.Text;

namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>
/// The words of some texts, each once, with a blank after each: what a text is indexed by. Two letters side by side that are words of
/// their own make one more, so that a word of Chinese is found without reading all texts that have its first letter.
/// </summary>
public sealed class WordSet
{
    private readonly ArrayBufferWriter<byte> words = new(16 * 1024);
    private readonly HashSet<ulong> seen = [];

    /// <summary>The words in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 => words.WrittenSpan;

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        words.ResetWrittenCount();
        seen.Clear();
    }

    /// <summary>Adds those of a text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        Span<char> pair = stackalloc char[4];
        var (before, end) = (0, -1);
        var reader = new WordReader(text);
        while (reader.Next())
        {
            var word = reader.Word;
            AddOne(word);
            if (reader.IsLetter && end == reader.Start)
            {
                word.CopyTo(pair[before..]);
                AddOne(pair[..(before + word.Length)]);
            }

            if (reader.IsLetter)
            {
                word.CopyTo(pair);
                (before, end) = (word.Length, reader.End);
            }
        }
    }

    private void AddOne(ReadOnlySpan<char> word)
    {
        // FNV-1a (https://datatracker.ietf.org/doc/html/rfc9923), as words are short.
        var hash = 14695981039346656037UL;
        foreach (var letter in word)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        if (seen.Add(hash))
        {
            var room = words.GetSpan((3 * word.Length) + 1);
            var written = Encoding.UTF8.GetBytes(word, room);
            room[written] = (byte)' ';
            words.Advance(written + 1);
        }
    }
}
