using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>
/// A part of the index of texts: the words of the exchanges of some blocks. Of a request that goes on with another one's conversation
/// only what is new is in it, and which one that is (<see cref="FactColumn.Parent"/>); both stand in the same part. So a part is complete
/// in itself, and can be dropped and made anew.
/// </summary>
/// <param name="Number">Its number.</param>
/// <param name="Through">The last exchange that is in it.</param>
/// <param name="IsWhole">True when there is nothing to come.</param>
internal sealed record TextPart(long Number, long Through, bool IsWhole)
{
    /// <summary>How many exchanges a part has.</summary>
    public const int Size = LogIndex.BlockSize * LogIndex.BlocksInPart;

    /// <summary>The part that an exchange belongs to.</summary>
    public static long Of(long id) => (id - 1) / Size;

    /// <summary>The id of its first exchange.</summary>
    public long FirstId => (Number * Size) + 1;

    /// <summary>The id of its last exchange, once it is there.</summary>
    public long LastId => FirstId + Size - 1;

    /// <summary>The table that has its words, a row for each request (2 × its place in the part, from 1 on) and each answer (one more).</summary>
    /// <remarks>
    /// FTS5 (https://sqlite.org/fts5.html) without the texts themselves and without the places of words: a third of the size, and
    /// what is found is looked for in the log anyway.
    /// </remarks>
    public string Table => $"texts_{Number}";

    /// <summary>The statement that makes the table.</summary>
    public string Schema => $"CREATE VIRTUAL TABLE {Table} USING fts5(words, content = '', detail = none, columnsize = 0, tokenize = 'ascii')";

    /// <summary>How many exchanges are on record whose texts are not indexed.</summary>
    /// <param name="index">The index; null where there is none.</param>
    /// <param name="span">What is on record.</param>
    public static long Missing(SqliteConnection? index, LogSpan span)
    {
        if (index is null)
        {
            return span.Last - span.First + 1;
        }

        // Those whose bodies are gone have no texts.
        var first = Math.Max(span.First, index.Scalar<long>("SELECT coalesce(max(through), 0) FROM bodies_gone") + 1);
        return Math.Max(0, span.Last - first + 1
            - List(index).Values.Sum(part => Math.Max(0, Math.Min(part.Through, span.Last) - Math.Max(part.FirstId, first) + 1)));
    }

    /// <summary>All parts, by number.</summary>
    public static Dictionary<long, TextPart> List(SqliteConnection index)
    {
        using var rows = new RawStatement(index, "SELECT part, through, is_whole FROM parts");
        var parts = new Dictionary<long, TextPart>();
        while (rows.Step())
        {
            parts[rows.Integer(0)] = new TextPart(rows.Integer(0), rows.Integer(1), rows.Integer(2) != 0);
        }

        return parts;
    }
}
