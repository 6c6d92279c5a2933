using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Filters;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary><c>GET /ui/live/rows?before=ID</c>: rows that are older than one, the newest first, as JSON.</summary>
internal sealed class LivePaging(SqliteDatabase database, LogReading reading, TimeProvider time)
{
    /// <summary>How many at once.</summary>
    private const int Page = 500;

    /// <summary>Answers a request for them.</summary>
    public async Task<UiAnswer> AnswerAsync(UiRequest request)
    {
        var query = FilterQuery.Read(request.Context.Request.Query, database, time);
        var problems = query.Problems.ToList();
        var typed = request.Query("before") ?? "";
        if (!long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var before))
        {
            problems.Add($"before takes the id of a row, a whole number, not {KeyLike.Quote(typed)}.");
        }

        return problems.Count > 0
            ? UiAnswer.Text(string.Join('\n', problems), StatusCodes.Status400BadRequest)
            : UiAnswer.Bytes(ToJson(await ReadAsync(query.Filter with { BeforeId = before }, request.Left)), "application/json");
    }

    private Task<List<AuditRecord>> ReadAsync(ExchangeFilter filter, CancellationToken left) => reading.RunAsync(
        log => log.FindTexts(filter, cancellation: left).Select(found => found.Record).Take(Page + 1).ToList(), filter.Search is not null, left);

    private ReadOnlyMemory<byte> ToJson(List<AuditRecord> found)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("now"u8, time.GetUtcNow().ToUnixTimeMilliseconds());
        LiveMessage.WriteRows(json, found.Take(Page).Select(record => new LiveChange(record, wasOpen: null, isNew: true)));
        json.WriteBoolean("more"u8, found.Count > Page);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
