using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace FakeUpstream.Recording;

/// <summary>Lists each request as it arrives and notes whether its client stayed to the end.</summary>
internal sealed class ExchangeObserver(string upstreamName, RequestLog? requests, CancellationLog cancellations)
{
    private long _count;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var exchange = new Exchange(upstreamName, RouteName(context));
        context.Features.Set(exchange);
        context.Response.Headers["x-upstream-name"] = upstreamName;
        context.Response.Headers["x-request-id"] = $"req_{upstreamName}_{Interlocked.Increment(ref _count)}";
        context.Response.Headers.Server = "fake-upstream";
        if (requests?.Add(context) is { } observed)
        {
            context.Request.Body = new ObservedBody(context.Request.Body, observed);
        }

        try
        {
            await next(context);
        }
        catch (Exception ex) when (exchange.CutByUpstream || ClientLeft(context, ex))
        {
            if (!exchange.CutByUpstream)
            {
                cancellations.Report(exchange.Scenario);
            }

            context.Abort();
        }
    }

    // The token is not the first to know: an upload that breaks off shows as a bad request, a WebSocket as its own error.
    private static bool ClientLeft(HttpContext context, Exception ex) =>
        context.RequestAborted.IsCancellationRequested
        || ex is BadHttpRequestException or ConnectionResetException or ConnectionAbortedException or WebSocketException;

    private static string RouteName(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.Split('/') is [_, _, var name, ..] ? name : "other";
}
