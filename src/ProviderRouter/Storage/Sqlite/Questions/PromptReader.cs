using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Text;
using ProviderRouter.Storage.Sqlite.Index;
using ProviderRouter.Storage.Sqlite.Questions.Bodies;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Questions;

/// <summary>Reads the starts of prompts: from the index where it has them, which is where reading the request takes long.</summary>
internal sealed class PromptReader(SqliteConnection log, BodyReader bodies, string databasePath) : IDisposable
{
    /// <summary>Requests up to this size are read at once, in bytes.</summary>
    private const int SmallRequest = 16 * 1024;

    private readonly PromptStart start = new();
    private IndexedLog? index;
    private RawStatement? find;
    private bool isOpened;

    /// <summary>The start of a request's prompt; null where there is none, or nobody can tell.</summary>
    public string? Read(AuditRecord record) =>
        record.RequestBodyState is "none" or "pruned" or "described" ? null
        : (record.RequestBytes > SmallRequest ? FindIn(record.Id) : null) ?? start.Of(bodies.ReadBodies(record.Id)?.Request);

    private string? FindIn(long id)
    {
        try
        {
            Open();
            find?.Bind(0, id);
            return find?.Step() == true ? find.Text(0) : null;
        }
        catch (SqliteException)
        {
            // Damaged: the request itself tells.
            return null;
        }
        finally
        {
            find?.Reset();
        }
    }

    private void Open()
    {
        if (!isOpened)
        {
            isOpened = true;
            index = IndexedLog.TryOpen(log, databasePath);
            find = index is null ? null : new RawStatement(index.Connection, "SELECT text FROM prompts WHERE id = ?");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        find?.Dispose();
        index?.Dispose();
    }
}
