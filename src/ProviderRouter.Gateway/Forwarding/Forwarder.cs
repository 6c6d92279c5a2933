using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Gateway.Access;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Forwarding.Attempts;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Gateway.Routing;

namespace ProviderRouter.Gateway.Forwarding;

/// <summary>
/// What happens to a request under <c>/v1</c>:
/// <list type="number">
/// <item>It gets an id, its record begins, and both of its bodies are teed.</item>
/// <item>A provider is selected; where there is none, or the client may not come in, it is told.</item>
/// <item>It is sent on (where <c>audit.onFailure</c> is <c>refuse</c>, only when it is on record), and the answer is sent back as it comes; where that fails, another provider is asked.</item>
/// <item>What went wrong is put into words, and the client is told where it has received nothing yet.</item>
/// <item>What nobody read of its body is read, so that the record is whole.</item>
/// <item>The answer is put on record, before the client can take it for complete.</item>
/// <item>Where the log turned the request or its answer away, the client is told, or cut off.</item>
/// </list>
/// </summary>
public sealed partial class Forwarder(
    RouteSelector routes,
    Doorkeeper door,
    AttemptLoop attempts,
    AuditLogWriter log,
    OpenExchanges open,
    TimeProvider time,
    ILogger<Forwarder> logger)
{
    /// <summary>Answers one request.</summary>
    public Task HandleAsync(HttpContext context) => HandleAsync(context, own: null);

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="own">What is known of one that the router sends itself; null for a client's.</param>
    internal async Task HandleAsync(HttpContext context, OwnRequest? own)
    {
        // 1. It gets an id, its record begins, and both of its bodies are teed.
        using var exchange = new Exchange(context, log, time, own?.RequestId);
        open.Add(exchange);
        var cut = new AnswerCut();
        context.Features.Set<IHttpResetFeature>(cut);
        try
        {
            // 2. A provider is selected, and the client comes in or not.
            var route = routes.Select(context.Request);
            exchange.Admission = own?.Admission ?? door.ExamineForProvider(context);
            exchange.Replays = ReplayedRequest.IdIn(context.Request, out var unclear);
            route = (exchange.Admission.Refusal ?? unclear) is { } refusal ? Routing.Route.Nowhere(refusal) : route;
            var settings = routes.Settings;
            var (targets, first) = (route.Targets, route.Targets.Count > 0 ? route.Targets[0].Provider : null);
            exchange.Begin(first, targets.Select(target => target.Key), settings.Audit, AttemptLoop.NeedsBody(targets));

            // 3. It is sent on, unless it could not be put on record first where that is asked for.
            if (await exchange.MayGoOnAsync())
            {
                var error = route.Error is null
                    ? await attempts.RunAsync(context, exchange, targets, settings.Fallback)
                    : Reject(exchange, route.Error);

                // 4. What went wrong: the client is told where it has received nothing yet.
                if (error is not null && !exchange.WasRefused && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
                {
                    await ReadRestAsync(context, exchange);
                    await TellAsync(context, exchange, error);
                }
            }

            // 5. What nobody read of its body is read.
            if (!cut.Happened)
            {
                await ReadRestAsync(context, exchange);
            }
        }
        catch (AnswerNotOnRecordException)
        {
            // See 7.
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            exchange.Conclude(Verdict.ClientClosed);
        }
        catch (BadHttpRequestException error)
        {
            // Where the router itself reads it: echo.
            var failure = ForwardingFailure.BrokenRequest(error, context);
            exchange.Conclude(failure.Verdict);
            await FailAsync(context, exchange, cut, failure.Answer ?? OpenAIError.BadRequest(error.StatusCode, error.Message));
        }
        catch (Exception error)
        {
            Log.Failed(logger, exchange.RequestId, error);
            exchange.Conclude(new Verdict(Outcome.RouterError, $"The router failed: {error.Message}"));
            await FailAsync(context, exchange, cut, OpenAIError.Internal(exchange.RequestId));
        }
        finally
        {
            // 6. The answer is put on record.
            open.Remove(exchange);
            await exchange.RecordAnswerAsync();
            Report(context.Request, exchange);
        }

        // 7. Where the log turned it away, the client is told, or cut off.
        if (exchange.WasRefused && !context.RequestAborted.IsCancellationRequested)
        {
            await FailAsync(context, exchange, cut, OpenAIError.LogUnavailable(log.Problem));
        }

        if (cut.Happened)
        {
            throw new AnswerCutException();
        }
    }

    /// <summary>Says on stderr what a person who watches it would want to know.</summary>
    private void Report(HttpRequest request, Exchange exchange)
    {
        var level = exchange.Ended?.Outcome switch
        {
            Outcome.Unreachable or Outcome.Timeout or Outcome.UpstreamCut => LogLevel.Warning,
            Outcome.ClientClosed or Outcome.Rejected => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        if (logger.IsEnabled(level))
        {
            var (path, provider) = (exchange.Endpoint, exchange.Provider?.Name ?? "nobody");
            var end = exchange.Ended?.Error ?? "answered";
            Log.Ended(logger, level, request.Method, path, provider, end, exchange.RequestId);
        }
    }

    private static OpenAIError Reject(Exchange exchange, OpenAIError error)
    {
        exchange.Conclude(new Verdict(Outcome.Rejected, error.Message));
        return error;
    }

    private static async Task TellAsync(HttpContext context, Exchange exchange, OpenAIError error)
    {
        context.Response.Clear();
        if (exchange.Provider is { } provider)
        {
            context.Response.Headers[RouterHeaders.Provider] = provider.Name;
        }

        context.Response.Headers[RouterHeaders.RequestId] = exchange.RequestId;
        exchange.ResponseBody.Describe("application/json", contentEncoding: null);
        await error.WriteAsync(context.Response, context.RequestAborted);
    }

    private static async Task FailAsync(HttpContext context, Exchange exchange, AnswerCut cut, OpenAIError error)
    {
        if (context.Response.HasStarted)
        {
            // What was sent must not look complete.
            cut.Reset(errorCode: 0);
            return;
        }

        await TellAsync(context, exchange, error);
    }

    /// <summary>Reads the rest of the request's body into the record, as far as the client sends it.</summary>
    private static async Task ReadRestAsync(HttpContext context, Exchange exchange)
    {
        // A client that waits for "100 Continue" has sent nothing, and need not.
        var isWaiting = exchange.RequestBody.Bytes == 0 && context.Request.Headers.Expect.Count > 0;
        if (!exchange.ExpectsBody || isWaiting || exchange.Admission.Refusal is not null || exchange.Upgrade is not null || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or BadHttpRequestException)
        {
            // It broke off: the record says so.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "{Method} {Path} to {Provider}: {End} ({RequestId})")]
        public static partial void Ended(
            ILogger logger, LogLevel level, string method, string path, string provider, string end, string requestId);

        [LoggerMessage(2, LogLevel.Error, "The router failed to handle {RequestId}.")]
        public static partial void Failed(ILogger logger, string requestId, Exception error);
    }
}
