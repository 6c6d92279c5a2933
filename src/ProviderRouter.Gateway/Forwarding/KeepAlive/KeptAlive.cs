using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Providers;

namespace ProviderRouter.Gateway.Forwarding.KeepAlive;

/// <summary>
/// Sends a client that waits for a stream's first token a comment now and then, so that neither it nor anything between gives up
/// (https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes). Once the first comment is out, the answer is an
/// event stream with status 200: an error that comes later is an event, and nobody else is asked.
/// </summary>
internal sealed class KeptAlive : IAsyncDisposable
{
    private static readonly byte[] Comment = [.. ": waiting for the first token\n\n"u8];

    private readonly HttpContext context;
    private readonly Exchange exchange;
    private readonly IHttpResponseFeature server;
    private readonly HeldResponse held;
    private readonly Stream below;
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource ending = new();
    private readonly Task commenting;
    private ErrorEvent? misfit;
    private readonly StringValues acceptEncoding;
    private EventEnd end;

    private KeptAlive(HttpContext context, Exchange exchange, TimeSpan interval, TimeProvider time)
    {
        (this.context, this.exchange) = (context, exchange);
        server = context.Features.GetRequiredFeature<IHttpResponseFeature>();
        below = context.Response.Body;
        held = new HeldResponse(server);
        context.Features.Set<IHttpResponseFeature>(held);
        context.Response.Body = new KeepAliveStream(this);
        // Nothing can be put between what comes packed.
        acceptEncoding = context.Request.Headers.AcceptEncoding;
        context.Request.Headers.AcceptEncoding = "identity";
        commenting = CommentAsync(interval, time);
    }

    /// <summary>Begins, where the provider is set so and the request asks for a stream; else null.</summary>
    public static async ValueTask<KeptAlive?> BeginAsync(HttpContext context, Exchange exchange, Provider provider, TimeProvider time) =>
        provider.KeepAlive is { } interval && exchange.ExpectsBody && HttpMethods.IsPost(context.Request.Method)
            && await exchange.ReadAheadAsync() is { } body && RequestFacts.Read(body.Span).Stream
            ? new KeptAlive(context, exchange, interval, time) : null;

    /// <summary>Takes what the provider sends.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (exchange.IsCommented && (misfit is not null || !IsStream))
            {
                misfit ??= new ErrorEvent(context.Response.StatusCode);
                misfit.Take(bytes.Span);
                await held.ReleaseAsync();
                return;
            }

            if (!held.HasStarted && IsStream)
            {
                // Comments may come between.
                held.Headers.ContentLength = null;
            }

            await held.ReleaseAsync();
            end.Pass(bytes.Span);
            await below.WriteAsync(bytes, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>To be called when the attempt is over: what went wrong after a comment is told as an event.</summary>
    /// <param name="error">What the client is to be told; null when the provider has answered.</param>
    public async Task EndAsync(OpenAIError? error)
    {
        if (!exchange.IsCommented || exchange.WasRefused || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (error is null && !held.HasStarted && exchange.UpstreamStatus is { } status && !IsStream)
        {
            // It came without a body.
            misfit ??= new ErrorEvent(status);
        }

        var told = misfit?.ToBytes() ?? (error is null || held.HasStarted ? default : ErrorEvent.Of(error));
        if (!told.IsEmpty)
        {
            // The length that was told is not this event's.
            await held.ReleaseAsync();
            await below.WriteAsync(told, context.RequestAborted);
        }
    }

    private bool IsStream => context.Response.StatusCode == StatusCodes.Status200OK && MediaType.IsEventStream(held.Headers.ContentType)
        && ContentCoding.IsNone(held.Headers.ContentEncoding);

    private async Task CommentAsync(TimeSpan interval, TimeProvider time)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ending.Token) && !exchange.HasFirstToken)
            {
                await turn.WaitAsync(ending.Token);
                try
                {
                    await CommentOnceAsync();
                }
                finally
                {
                    turn.Release();
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or AnswerNotOnRecordException)
        {
            // It is over, or the client has left.
        }
    }

    private async Task CommentOnceAsync()
    {
        // An answer that began in another form is not to be disturbed.
        if (end.IsInside || exchange.HasFirstToken || exchange.IsAnswered || (held.HasStarted && !IsStream) || context.RequestAborted.IsCancellationRequested
            || (!held.HasStarted && !exchange.TryBeginWithComment()))
        {
            return;
        }

        if (!server.HasStarted)
        {
            server.StatusCode = StatusCodes.Status200OK;
            server.Headers.ContentType = "text/event-stream";
            server.Headers.CacheControl = "no-cache";
            server.Headers[RouterHeaders.Provider] = exchange.Provider?.Name;
            server.Headers[RouterHeaders.RequestId] = exchange.RequestId;
        }

        await exchange.CommentAsync(Comment);
    }

    /// <summary>Sends no more comments.</summary>
    public async Task StopAsync()
    {
        await ending.CancelAsync();
        await commenting;
    }

    /// <summary>Ends the comments, and gives the server its own answer back.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (!exchange.IsCommented && !held.HasStarted && exchange.IsAnswerWithoutBody)
        {
            await held.ReleaseAsync();
        }

        context.Features.Set(server);
        context.Response.Body = below;
        context.Request.Headers.AcceptEncoding = acceptEncoding;
        ending.Dispose();
        turn.Dispose();
    }
}
