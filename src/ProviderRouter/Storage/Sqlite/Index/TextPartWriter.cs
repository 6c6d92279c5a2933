using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions.Text;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>Adds texts to one part of the index.</summary>
internal sealed class TextPartWriter : IDisposable
{
    /// <summary>The prompt of a request larger than this, in bytes, is kept in the index; those of others are read where they are shown.</summary>
    private const int LargeRequest = 16 * 1024;

    private readonly SqliteConnection index;
    private readonly TextPart part;
    private readonly RawStatement insert;
    private readonly RawStatement notePrompt;
    private readonly RawStatement readColumn;
    private readonly RawStatement writeColumn;
    private readonly Conversations conversations = new();
    private readonly BodyTexts texts = new();
    private readonly WordSet words = new();
    private readonly long[] parents = new long[LogIndex.BlockSize];
    private long block = -1;
    private int inBlock;

    public TextPartWriter(SqliteConnection index, TextPart part)
    {
        (this.index, this.part) = (index, part);
        insert = new RawStatement(index, $"INSERT INTO {part.Table} (rowid, words) VALUES (?, ?)");
        notePrompt = new RawStatement(index, "INSERT OR REPLACE INTO prompts (id, text) VALUES (?, ?)");
        readColumn = new RawStatement(index, "SELECT data FROM columns WHERE id = ?");
        writeColumn = new RawStatement(index, "INSERT OR REPLACE INTO columns (id, data) VALUES (?, ?)");
    }

    /// <summary>The part's number.</summary>
    public long Number => part.Number;

    /// <summary>Adds what is new in a request.</summary>
    public void AddRequest(long id, ReadOnlyMemory<byte>? body)
    {
        texts.Read(body);
        var place = PlaceOf(id);
        var news = texts.Units.Count == 0 ? default : conversations.Add(place, texts);
        words.Clear();
        foreach (var unit in texts.Units)
        {
            if (news.Has(unit))
            {
                words.Add(texts.Text(unit));
            }
        }

        Insert(2L * place);
        SetParent(id, news.Parent);
        if (body?.Length > LargeRequest && texts.Prompt is { } prompt && PromptStart.Of(texts.Text(prompt)) is { } start)
        {
            notePrompt.Bind(0, id);
            notePrompt.BindText(1, Encoding.UTF8.GetBytes(start));
            notePrompt.Run();
        }
    }

    /// <summary>Adds an answer.</summary>
    public void AddAnswer(long id, ReadOnlyMemory<byte>? body)
    {
        texts.Read(body);
        words.Clear();
        foreach (var unit in texts.Units)
        {
            words.Add(texts.Text(unit));
        }

        Insert((2L * PlaceOf(id)) + 1);
    }

    /// <summary>Writes what is known of who goes on with whom.</summary>
    public void SaveParents()
    {
        if (inBlock > 0)
        {
            writeColumn.Bind(0, BlockReader.IdOf(block, FactColumn.Parent));
            writeColumn.BindBlob(1, PackedColumn.Pack(parents.AsSpan(0, inBlock)));
            writeColumn.Run();
        }
    }

    /// <summary>Joins what was written bit by bit, so that it is small and read quickly.</summary>
    public void Finish() => index.ExecuteAtOnce($"INSERT INTO {part.Table} ({part.Table}) VALUES ('optimize'); PRAGMA incremental_vacuum");

    private void Insert(long row)
    {
        if (!words.Utf8.IsEmpty)
        {
            insert.Bind(0, row);
            insert.BindText(1, words.Utf8);
            insert.Run();
        }
    }

    private void SetParent(long id, int parent)
    {
        if (IndexedBlock.Of(id) != block)
        {
            SaveParents();
            block = IndexedBlock.Of(id);
            Load();
        }

        var at = (int)(id - 1 - (block * LogIndex.BlockSize));
        parents[at] = parent;
        inBlock = Math.Max(inBlock, at + 1);
    }

    private void Load()
    {
        Array.Clear(parents);
        inBlock = (int)Math.Clamp(part.Through - (block * LogIndex.BlockSize), 0, LogIndex.BlockSize);
        readColumn.Bind(0, BlockReader.IdOf(block, FactColumn.Parent));
        if (inBlock > 0 && readColumn.Step())
        {
            PackedColumn.Unpack(readColumn.Bytes(0), parents.AsSpan(0, inBlock));
        }

        readColumn.Reset();
    }

    private int PlaceOf(long id) => (int)(id - part.FirstId) + 1;

    /// <inheritdoc/>
    public void Dispose()
    {
        insert.Dispose();
        notePrompt.Dispose();
        readColumn.Dispose();
        writeColumn.Dispose();
    }
}
