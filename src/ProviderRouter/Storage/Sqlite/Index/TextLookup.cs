using System.Text;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Text;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>Which exchanges may have what is looked for. All of its words are in those; whether they stand as they should, their texts tell.</summary>
/// <param name="index">The index.</param>
/// <param name="query">What is looked for.</param>
/// <param name="gone">The last exchange whose bodies retention took, as the log has it.</param>
internal sealed class TextLookup(IndexedLog index, TextQuery query, long gone)
{
    private readonly List<string> phrases = [.. query.Phrases.Select(Match)];
    private long number = -1;
    private TextPart? part;
    private bool[] marks = [];
    private HashSet<long> open = [];
    private HashSet<long> left = [];
    private long goneInIndex;

    /// <summary>True of an exchange that may; also of one whose texts are not indexed. Within a transaction.</summary>
    public bool MayHave(long id)
    {
        if (number != TextPart.Of(id))
        {
            // All of a part as of one moment: the next one, it may be dropped and half of it made anew.
            number = -1;
            Read(TextPart.Of(id));
            number = TextPart.Of(id);
        }

        return id <= goneInIndex ? id > gone || left.Contains(id)
            : part is null || id > part.Through || open.Contains(id) || marks[id - part.FirstId + 1];
    }

    private void Read(long number)
    {
        goneInIndex = index.Connection.Scalar<long>("SELECT coalesce(max(through), 0) FROM bodies_gone");
        (open, left) = (Ids("SELECT id FROM open_texts"), Ids("SELECT id FROM answers_left"));
        part = TextPart.List(index.Connection).GetValueOrDefault(number);
        marks = part is null ? [] : MarksOf(part);
    }

    private bool[] MarksOf(TextPart part)
    {
        var (all, parents) = (new bool[TextPart.Size + 1], ParentsIn(part));
        Array.Fill(all, true);
        foreach (var phrase in phrases)
        {
            var (requests, answers) = (new bool[TextPart.Size + 1], new bool[TextPart.Size + 1]);
            using (var rows = new RawStatement(index.Connection, $"SELECT rowid FROM {part.Table} WHERE {part.Table} MATCH ?"))
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
        // What retention took has no parents on record any more.
        var begin = IndexedBlock.Of(Math.Max(part.FirstId, Math.Max(goneInIndex + 1, index.Span.First))) * LogIndex.BlockSize;
        for (long first = begin + 1, last = part.Through; first <= last; first += LogIndex.BlockSize)
        {
            var block = new IndexedBlock(IndexedBlock.Of(first), (int)Math.Min(LogIndex.BlockSize, last - first + 1), FirstUs: 0, LastUs: 0);
            var at = (int)(first - part.FirstId) + 1;
            foreach (var parent in index.Reader.Read(block, FactColumn.Parent))
            {
                parents[at++] = (int)parent;
            }
        }

        return parents;
    }

    /// <summary>A phrase as FTS5 is asked for it (https://sqlite.org/fts5.html#full_text_query_syntax): all of its words.</summary>
    private static string Match(TextPhrase phrase) =>
        string.Join(' ', phrase.Terms().Select(term => $"\"{term}\"")) + (phrase.IsPrefix ? "*" : "");

    private HashSet<long> Ids(string sql)
    {
        using var rows = new RawStatement(index.Connection, sql);
        var ids = new HashSet<long>();
        while (rows.Step())
        {
            ids.Add(rows.Integer(0));
        }

        return ids;
    }
}
