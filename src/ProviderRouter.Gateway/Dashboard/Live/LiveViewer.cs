using System.Threading.Channels;
using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>One who looks: what waits to be sent to them, which is never much.</summary>
internal sealed class LiveViewer(ExchangeFilter filter)
{
    /// <summary>Messages that may wait: two seconds' worth. Who is slower than that catches up from the log.</summary>
    private const int Room = 8;

    private readonly Channel<LiveMessage?> waiting = Channel.CreateBounded<LiveMessage?>(
        // One more than messages: for the word that they are over.
        new BoundedChannelOptions(Room + 1) { SingleReader = true, SingleWriter = true });

    private int count;

    /// <summary>What they want to see.</summary>
    public ExchangeFilter Filter => filter;

    /// <summary>What they were told last of how the log does; for the broadcast.</summary>
    public LiveLog? Told { get; set; }

    /// <summary>True while nothing waits.</summary>
    public bool HasAll => Volatile.Read(ref count) == 0;

    /// <summary>Puts a message behind those that wait; false where there is no room.</summary>
    public bool Offer(LiveMessage message)
    {
        if (Volatile.Read(ref count) >= Room)
        {
            return false;
        }

        Interlocked.Increment(ref count);
        return waiting.Writer.TryWrite(message);
    }

    /// <summary>Tells them, behind what waits, that nothing more will come: they have to catch up from the log.</summary>
    public void Leave() => waiting.Writer.TryWrite(null);

    /// <summary>The next message; null when there will be none.</summary>
    public async ValueTask<LiveMessage?> TakeAsync(CancellationToken cancellation)
    {
        var message = await waiting.Reader.ReadAsync(cancellation);
        if (message is not null)
        {
            Interlocked.Decrement(ref count);
        }

        return message;
    }
}
