using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Text;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>Which exchanges may have what is looked for. All of its words are in those; whether they stand as they should, their texts tell.</summary>
internal sealed class TextLookup(SqliteConnection index, BlockReader reader, TextQuery query)
{
    private readonly Dictionary<long, TextPart> parts = TextPart.List(index);
    private readonly HashSet<long> open = ReadOpen(index);
    private readonly List<string> phrases = [.. query.Phrases.Select(Match)];
    private bool[] marks = [];
    private long marked = -1;

    /// <summary>True of an exchange that may; also of one whose texts are not indexed.</summary>
    public bool MayHave(long id)
    {
        if (!parts.TryGetValue(TextPart.Of(id), out var part) || id > part.Through || open.Contains(id))
        {
            return true;
        }

        if (marked != part.Number)
        {
            marks = MarksOf(part);
            marked = part.Number;
        }

        return marks[id - part.FirstId + 1];
    }

    private bool[] MarksOf(TextPart part)
    {
        var (all, parents) = (new bool[TextPart.Size + 1], ParentsIn(part));
        Array.Fill(all, true);
        foreach (var phrase in phrases)
        {
            var (requests, answers) = (new bool[TextPart.Size + 1], new bool[TextPart.Size + 1]);
            using (var rows = new RawStatement(index, $"SELECT rowid FROM {part.Table} WHERE {part.Table} MATCH ?"))
            {
                rows.BindText(0, Encoding.UTF8.GetBytes(phrase));
                while (rows.Step())
                {
                    var row = rows.Integer(0);
                    ((row & 1) == 0 ? requests : answers)[row >> 1] = true;
                }
            }

            for (var place = 1; place < all.Length; place++)
            {
                // A parent stands before its children, so that it is known already what it has of its own parents.
                requests[place] |= parents[place] < place && requests[parents[place]];
                all[place] &= requests[place] | answers[place];
            }
        }

        return all;
    }

    private int[] ParentsIn(TextPart part)
    {
        var parents = new int[TextPart.Size + 1];
        for (long first = part.FirstId, last = part.Through; first <= last; first += LogIndex.BlockSize)
        {
            var block = new IndexedBlock(IndexedBlock.Of(first), (int)Math.Min(LogIndex.BlockSize, last - first + 1), FirstUs: 0, LastUs: 0);
            var at = (int)(first - part.FirstId) + 1;
            foreach (var parent in reader.Read(block, FactColumn.Parent))
            {
                parents[at++] = (int)parent;
            }
        }

        return parents;
    }

    /// <summary>A phrase as FTS5 is asked for it (https://sqlite.org/fts5.html#full_text_query_syntax): all of its words.</summary>
    private static string Match(TextPhrase phrase) =>
        string.Join(' ', phrase.Terms().Select(term => $"\"{term}\"")) + (phrase.IsPrefix ? "*" : "");

    private static HashSet<long> ReadOpen(SqliteConnection index)
    {
        using var rows = new RawStatement(index, "SELECT id FROM open_texts");
        var ids = new HashSet<long>();
        while (rows.Step())
        {
            ids.Add(rows.Integer(0));
        }

        return ids;
    }
}
