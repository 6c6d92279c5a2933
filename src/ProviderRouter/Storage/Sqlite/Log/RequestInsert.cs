using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>Adds requests: the columns of <see cref="ChainTables.Requests"/>, in order.</summary>
internal sealed class RequestInsert(SqliteConnection connection, PieceStore pieces) : IDisposable
{
    private readonly ChainedInsert row = new(connection, ChainTables.Requests);

    /// <summary>Adds one after this end of the chain; returns the new end.</summary>
    public ChainHead Run(AuditRequest request, ChainHead head, long id, long run)
    {
        var body = StoredBody.Of(request.Body, pieces);
        row.Begin(head.Hash.Span);
        row.Add(head.Place + 1);
        row.Add(id);
        row.AddText(request.RequestId);
        row.Add(run);
        row.Add(request.At.UnixMicroseconds);
        row.AddText(request.Provider);
        row.AddText(request.Method);
        row.AddText(request.Endpoint);
        row.AddText(request.Query);
        row.AddText(request.Client);
        row.AddText(request.Model);
        row.Add(request.Stream ? 1 : 0);
        body.AddDescription(row, request, pieces);
        row.AddLater(request.ClientKey);
        row.AddLater(request.Replays);
        row.Seal();
        body.AddContent(row);
        row.Run();
        return new ChainHead(head.Place + 1, row.Hash);
    }

    /// <inheritdoc/>
    public void Dispose() => row.Dispose();
}
