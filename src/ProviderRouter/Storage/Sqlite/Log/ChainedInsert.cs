using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog.Bodies;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>
/// Adds a row to one of the chain's tables: each value that is given is bound to the next column and counted for the row's
/// hash. After the last covered column the hash is bound by itself; what follows is only bound.
/// </summary>
internal sealed class ChainedInsert(SqliteConnection connection, ChainTables table) : IDisposable
{
    private readonly RawStatement statement = new(connection, table.Insert);
    private readonly RowDigest digest = new();
    private byte[] utf8 = new byte[1024];
    private int place;

    /// <summary>The hash of the row that was added last.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>Begins a row that follows the one with this hash.</summary>
    public void Begin(ReadOnlySpan<byte> before)
    {
        place = 0;
        digest.Begin(table.Letter, before);
    }

    /// <summary>The next column: a number, or NULL.</summary>
    public void Add(long? value)
    {
        statement.Bind(place, value);
        if (!IsCovered())
        {
            return;
        }

        if (value is { } number)
        {
            digest.Add(number);
        }
        else
        {
            digest.AddNull();
        }
    }

    /// <summary>The next column: text, or NULL.</summary>
    public void AddText(string? text)
    {
        if (text is null)
        {
            Add(null);
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (utf8.Length < most)
        {
            utf8 = new byte[most];
        }

        AddText(utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)));
    }

    /// <summary>The next column: text in UTF-8.</summary>
    public void AddText(ReadOnlySpan<byte> text)
    {
        statement.BindText(place, text);
        if (IsCovered())
        {
            digest.AddText(text);
        }
    }

    /// <summary>The next column: bytes, or NULL.</summary>
    public void AddBlob(byte[]? bytes) => AddBlob(bytes is null ? default(ReadOnlyMemory<byte>?) : bytes.AsMemory());

    /// <summary>The next column: bytes, or NULL.</summary>
    public void AddBlob(ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } blob)
        {
            Add(null);
            return;
        }

        statement.BindBlob(place, blob.Span);
        if (IsCovered())
        {
            digest.AddBlob(blob.Span);
        }
    }

    /// <summary>The next column: a piece, which counts by its hash.</summary>
    public void Add(long id, PieceHash hash)
    {
        statement.Bind(place, id);
        digest.Add(hash);
        place++;
    }

    /// <summary>The next column, of those that were added to the log later: text, or NULL.</summary>
    public void AddLater(string? text)
    {
        if (text is null)
        {
            statement.Bind(place++, null);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        digest.AddLater(place - table.Covered.Length, bytes);
        statement.BindText(place++, bytes);
    }

    /// <summary>Ends the columns that count.</summary>
    public void Seal()
    {
        Hash = digest.End();
        statement.BindBlob(place++, Hash);
    }

    /// <summary>Adds the row.</summary>
    public void Run() => statement.Run();

    private bool IsCovered() => place++ < table.Covered.Length;

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();
}
