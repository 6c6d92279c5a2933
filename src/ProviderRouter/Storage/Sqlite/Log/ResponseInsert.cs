using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Storage.Sqlite.Log;

/// <summary>Adds answers: the columns of <see cref="ChainTables.Responses"/>, in order.</summary>
internal sealed class ResponseInsert(SqliteConnection connection, PieceStore pieces) : IDisposable
{
    private readonly ChainedInsert row = new(connection, ChainTables.Responses);

    /// <summary>Adds one after this end of the chain; returns the new end.</summary>
    public ChainHead Run(AuditResponse response, ChainHead head, long request)
    {
        var body = StoredBody.Of(response.Body, pieces);
        row.Begin(head.Hash.Span);
        row.Add(head.Place + 1);
        row.Add(request);
        row.Add(response.At.UnixMicroseconds);
        row.AddText(response.Provider);
        row.AddText(response.Outcome.Name());
        row.Add(response.StatusCode);
        row.Add(response.UpstreamStatus);
        row.AddText(response.Error);
        row.Add(response.Times.End?.InMicroseconds());
        row.Add(response.Times.FirstByte?.InMicroseconds());
        row.Add(response.Times.FirstToken?.InMicroseconds());
        row.Add(response.Stream ? 1 : 0);
        AddUsage(response.Usage);
        row.Add(response.LateRequestBytes);
        row.AddBlob(response.LateRequestSha256);
        body.AddDescription(row, response, pieces);
        row.AddBlob(response.EventStream is { } events ? SHA256.HashData(events.Span)
            : response.PrunedEventsDigest is { } pruned ? [StoredBody.GoneBefore, .. pruned] : default(byte[]?));
        row.AddLater(response.Attempts);
        row.Seal();
        body.AddContent(row);
        row.AddBlob(response.EventStream);
        row.Run();
        return new ChainHead(head.Place + 1, row.Hash);
    }

    private void AddUsage(AuditUsage usage)
    {
        row.AddText(usage.Model);
        row.Add(usage.PromptTokens);
        row.Add(usage.CompletionTokens);
        row.Add(usage.CachedTokens);
        row.Add(usage.ReasoningTokens);
        row.AddText(usage.FinishReason);
        row.Add(usage.ToolCalls);
    }

    /// <inheritdoc/>
    public void Dispose() => row.Dispose();
}
