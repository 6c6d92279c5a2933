using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Dashboard.Filters;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>
/// <c>GET /ui/live/events</c>: requests as they come in, as they stream and as they end, as server-sent events, for as long as somebody
/// looks. What is shown is what is on record, whichever program wrote it.
/// </summary>
internal sealed class LiveFeed(
    SqliteDatabase database, LogReading reading, OpenExchanges exchanges, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger logger)
{
    private const string EventStream = "text/event-stream";

    /// <summary>How long nothing is sent at the most.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Who takes nothing for this long is taken for gone; a browser that was asleep comes back by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long one connection lasts: then the browser comes again, and past the door, where its key may count no more.</summary>
    private static readonly TimeSpan Visit = TimeSpan.FromMinutes(10);

    private readonly LiveAudience audience = new(database, exchanges, time, logger);
    private readonly LiveCatchUp catchUp = new(reading, exchanges, time);

    /// <summary>Answers a request for the feed.</summary>
    public UiAnswer Answer(UiRequest request)
    {
        var query = FilterQuery.Read(request.Context.Request.Query, database, time);
        return query.Problems.Count > 0
            ? UiAnswer.Text(string.Join('\n', query.Problems), StatusCodes.Status400BadRequest)
            : HttpMethods.IsHead(request.Context.Request.Method) ? UiAnswer.Bytes(default, EventStream)
            : new UiAnswer(context => SendAsync(context, query.Filter));
    }

    private async Task SendAsync(HttpContext context, ExchangeFilter filter)
    {
        if (Enter(out var problem) is not { } broadcast)
        {
            context.Response.Headers.RetryAfter = "10";
            await UiAnswer.Text(problem, StatusCodes.Status503ServiceUnavailable).Write(context);
            return;
        }

        var viewer = new LiveViewer(filter);
        try
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            over.CancelAfter(Visit);
            await SendAsync(context, viewer, broadcast, over.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SqliteException)
        {
            // They left, the server ends, or the log cannot be read: they come again.
        }
        finally
        {
            audience.Leave(viewer);
        }
    }

    private LiveBroadcast? Enter(out string problem)
    {
        problem = $"{LiveAudience.Seats} browser windows look at this page already, and that is as many as may. Close one of them.";
        try
        {
            return audience.Enter();
        }
        catch (SqliteException error)
        {
            problem = SqliteDatabase.Explain(error, database.Path).Message;
            return null;
        }
    }

    private async Task SendAsync(HttpContext context, LiveViewer viewer, LiveBroadcast broadcast, CancellationToken over)
    {
        var response = context.Response;
        response.ContentType = EventStream;
        response.Headers.CacheControl = "no-store";
        // For servers in between that would collect it first.
        response.Headers["x-accel-buffering"] = "no";
        await WriteAsync(context, "retry: 1000\n\n"u8.ToArray(), over);

        var known = LogPlace.TryParse(context.Request.Headers["last-event-id"], out var last);
        LogPlace? place = known && last.Row <= broadcast.Place.Row && last.Request <= broadcast.Place.Request ? last : null;
        while (true)
        {
            place = await JoinAsync(context, viewer, broadcast, place, over);
            while (await NextAsync(viewer, broadcast, place.Value, over) is { } message)
            {
                await WriteAsync(context, message.Bytes, over);
                place = message.Place;
            }
        }
    }

    /// <summary>Sends what is missing, until there is nothing more, and the viewer is one of those who follow.</summary>
    private async Task<LogPlace> JoinAsync(HttpContext context, LiveViewer viewer, LiveBroadcast broadcast, LogPlace? from, CancellationToken over)
    {
        var others = broadcast.Place;
        while (from is not { } place || !broadcast.TryJoin(viewer, place, out others))
        {
            var message = await catchUp.ReadAsync(viewer.Filter, from, others, over);
            await WriteAsync(context, message.Bytes, over);
            from = message.Place;
        }

        return from.Value;
    }

    private static async Task<LiveMessage?> NextAsync(LiveViewer viewer, LiveBroadcast broadcast, LogPlace place, CancellationToken over)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(over);
        quiet.CancelAfter(Quiet);
        try
        {
            return await viewer.TakeAsync(quiet.Token);
        }
        catch (OperationCanceledException) when (!over.IsCancellationRequested)
        {
            return LiveMessage.KeepAlive(broadcast.PlaceOf(viewer, place));
        }
    }

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> bytes, CancellationToken over)
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(over);
        slow.CancelAfter(Patience);
        try
        {
            await context.Response.Body.WriteAsync(bytes, slow.Token);
            await context.Response.Body.FlushAsync(slow.Token);
        }
        catch (OperationCanceledException) when (!over.IsCancellationRequested)
        {
            context.Abort();
            throw;
        }
    }
}
