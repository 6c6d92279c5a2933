using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Writing;
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
    SqliteDatabase database, LogReading reading, AuditLogWriter writer, OpenExchanges exchanges, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger logger)
{
    private const string EventStream = "text/event-stream";

    /// <summary>How long nothing is sent at the most.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Who takes nothing for this long is taken for gone; a browser that was asleep comes back by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How often it is asked whether they may look still.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    private readonly LiveAudience audience = new(database, writer, exchanges, time, logger);
    private readonly LiveCatchUp catchUp = new(reading, exchanges, time);

    /// <summary>Answers a request for the feed.</summary>
    public UiAnswer Answer(UiRequest request)
    {
        var query = FilterQuery.Read(request.Context.Request.Query, database, time);
        return query.Problems.Count > 0
            ? UiAnswer.Text(string.Join('\n', query.Problems), StatusCodes.Status400BadRequest)
            : HttpMethods.IsHead(request.Context.Request.Method) ? UiAnswer.Bytes(default, EventStream)
            : new UiAnswer(context => SendAsync(context, query.Filter, request));
    }

    private async Task SendAsync(HttpContext context, ExchangeFilter filter, UiRequest request)
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
            await SendAsync(request, viewer, broadcast, over.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // They left, or the server ends.
        }
        catch (SqliteException error)
        {
            // They come again.
            await TellAsync(context, SqliteDatabase.Explain(error, database.Path).Message);
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

    private async Task TellAsync(HttpContext context, string unreadable)
    {
        try
        {
            await WriteAsync(context, LiveMessage.Log(LiveLog.Of(writer.Health, unreadable, exchanges), default).Bytes, context.RequestAborted);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // They left.
        }
    }

    private async Task SendAsync(UiRequest request, LiveViewer viewer, LiveBroadcast broadcast, CancellationToken over)
    {
        var context = request.Context;
        var response = context.Response;
        response.ContentType = EventStream;
        response.Headers.CacheControl = "no-store, no-transform";
        // For servers in between that would collect it first.
        response.Headers["x-accel-buffering"] = "no";
        await WriteAsync(context, "retry: 1000\n\n"u8.ToArray(), over);

        var (place, asked) = (PlaceIn(request, broadcast.Place), time.GetTimestamp());
        while (true)
        {
            place = await JoinAsync(context, viewer, broadcast, place, over);
            while (await NextAsync(viewer, broadcast, place.Value, over) is { } message)
            {
                await WriteAsync(context, message.Bytes, over);
                place = message.Place;
                if (time.GetElapsedTime(asked) > Trust)
                {
                    if (!request.Visitor.MayStay())
                    {
                        // They come again, and are told at the door.
                        return;
                    }

                    asked = time.GetTimestamp();
                }
            }
        }
    }

    /// <summary>Where somebody was who was here before; null for who was not, or in another log.</summary>
    private static LogPlace? PlaceIn(UiRequest request, LogPlace others)
    {
        // A browser that comes again by itself says it there; the page's script, here.
        var said = request.Context.Request.Headers["last-event-id"].ToString() is { Length: > 0 } header ? header : request.Query("place");
        return LogPlace.TryParse(said, out var last) && last.Log == others.Log && last.Row <= others.Row && last.Request <= others.Request
            ? last : null;
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
