using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProviderRouter.Gateway.Access;
using ProviderRouter.Gateway.Forwarding;
using ProviderRouter.Replay;

namespace ProviderRouter.Gateway.Dashboard.Replays;

/// <summary>
/// Sends requests of the log again, through the forwarder. Nobody waits for an answer longer than a page may take: it goes on alone, and
/// the log has it. When the server stops, they may finish as the requests of clients may.
/// </summary>
internal sealed partial class ReplayQueue : IAsyncDisposable
{
    /// <summary>So many are under way at once.</summary>
    public const int Most = 4;

    /// <summary>How long the page that asks for one waits for its end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Forwarder forwarder;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource over;
    private readonly CancellationTokenRegistration stopping;
    private readonly ConcurrentDictionary<string, Task> sent = new(StringComparer.Ordinal);
    private int running;

    public ReplayQueue(Forwarder forwarder, IHostApplicationLifetime lifetime, TimeProvider time, ILogger logger)
    {
        (this.forwarder, this.time, this.logger) = (forwarder, time, logger);
        over = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        stopping = lifetime.ApplicationStopping.Register(() => over.CancelAfter(GatewayOptions.ShutdownTimeout));
    }

    /// <summary>Sends one.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="provider">Who is to answer.</param>
    /// <param name="client">The address of whoever asks for it.</param>
    /// <param name="keyName">The name of the key that they showed, or null.</param>
    /// <returns>Its id in the log; null while too many are under way.</returns>
    public async Task<string?> SendAsync(RecordedRequest request, string provider, IPAddress? client, string? keyName)
    {
        if (Interlocked.Increment(ref running) > Most)
        {
            Interlocked.Decrement(ref running);
            return null;
        }

        var own = new OwnRequest(Guid.CreateVersion7(time.GetUtcNow()).ToString(), new Admission(Refusal: null, keyName, []));
        var replay = sent[own.RequestId] = Task.Run(() => RunAsync(request, provider, client, own));
        _ = replay.ContinueWith(_ => sent.TryRemove(own.RequestId, out var _), TaskScheduler.Default);
        await Task.WhenAny(replay, Task.Delay(Patience, time));
        return own.RequestId;
    }

    /// <summary>Waits for those under way; what takes longer than a shutdown may is cut.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(sent.Values);
        await stopping.DisposeAsync();
        over.Dispose();
    }

    private async Task RunAsync(RecordedRequest request, string provider, IPAddress? client, OwnRequest own)
    {
        try
        {
            await forwarder.HandleAsync(ReplayContext.Of(request, provider, client, over.Token), own);
        }
        catch (AnswerCutException)
        {
            // Its record says how it ended.
        }
        catch (Exception error)
        {
            Log.Failed(logger, own.RequestId, error);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The replay {RequestId} failed.")]
        public static partial void Failed(ILogger logger, string requestId, Exception error);
    }
}
