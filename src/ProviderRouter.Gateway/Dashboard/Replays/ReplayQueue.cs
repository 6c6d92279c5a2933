using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProviderRouter.Gateway.Access;
using ProviderRouter.Gateway.Forwarding;
using ProviderRouter.Replay;

namespace ProviderRouter.Gateway.Dashboard.Replays;

/// <summary>
/// Sends requests of the log again, through the forwarder. Nobody waits for an answer longer than a page may take: it goes on alone, and
/// the log has it.
/// </summary>
internal sealed partial class ReplayQueue(Forwarder forwarder, IHostApplicationLifetime lifetime, TimeProvider time, ILogger logger)
{
    /// <summary>So many are under way at once.</summary>
    public const int Most = 4;

    /// <summary>How long the page that asks for one waits for its end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private int running;

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
        var sent = Task.Run(() => RunAsync(request, provider, client, own));
        await Task.WhenAny(sent, Task.Delay(Patience, time));
        return own.RequestId;
    }

    private async Task RunAsync(RecordedRequest request, string provider, IPAddress? client, OwnRequest own)
    {
        try
        {
            await forwarder.HandleAsync(ReplayContext.Of(request, provider, client, lifetime.ApplicationStopping), own);
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
