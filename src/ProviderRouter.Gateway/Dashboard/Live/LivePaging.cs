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

    /// <summary>How long they are looked for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long prompts are read for.</summary>
    private static readonly TimeSpan PromptPatience = TimeSpan.FromMilliseconds(500);

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

        if (problems.Count > 0)
        {
            return UiAnswer.Text(string.Join('\n', problems), StatusCodes.Status400BadRequest);
        }

        var filter = query.Filter with { BeforeId = before };
        AuditRecord? passed = null;
        var (found, isOver) = await reading.FindAsync(
            (log, enough) => log.FindTexts(filter, cancellation: enough, passed: record => passed = record), Page + 1, Patience,
            filter.Search is not null, request.Left);
        var stopped = isOver ? null : LiveStop.At(passed, before, Patience);
        var rows = await reading.RunAsync(log => WithPrompts(log, found.Take(Page)), isSearch: false, request.Left);
        return UiAnswer.Bytes(ToJson(rows, hasMore: found.Count > Page || !isOver, stopped), "application/json");
    }

    private static List<LiveChange> WithPrompts(AuditLogReader log, IEnumerable<FoundRecord> found)
    {
        var prompts = new PromptStarts(log, PromptPatience);
        return [.. found.Select(one => new LiveChange(one.Record, wasOpen: null, isNew: true, prompts.Read(one.Record)))];
    }

    private ReadOnlyMemory<byte> ToJson(IReadOnlyList<LiveChange> rows, bool hasMore, LiveStop? stopped)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("now"u8, time.GetUtcNow().ToUnixTimeMilliseconds());
        LiveMessage.WriteRows(json, rows);
        json.WriteBoolean("more"u8, hasMore);
        stopped?.Write(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
