namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// The exchanges that are under way. Each carries its own place in the list, so that coming and going takes some tens of nanoseconds
/// and no memory; how far they are is read only when somebody asks.
/// </summary>
public sealed class OpenExchanges
{
    private readonly Lock gate = new();
    private Exchange? latest;

    /// <summary>One begins.</summary>
    internal void Add(Exchange exchange)
    {
        lock (gate)
        {
            exchange.Earlier = latest;
            if (latest is not null)
            {
                latest.Later = exchange;
            }

            latest = exchange;
        }
    }

    /// <summary>One has ended, and what it has in hand is about to be given back.</summary>
    internal void Remove(Exchange exchange)
    {
        lock (gate)
        {
            if (exchange.Later is { } later)
            {
                later.Earlier = exchange.Earlier;
            }
            else
            {
                latest = exchange.Earlier;
            }

            if (exchange.Earlier is { } earlier)
            {
                earlier.Later = exchange.Later;
            }

            (exchange.Earlier, exchange.Later) = (null, null);
        }
    }

    /// <summary>How far each of them is that began to answer, or waits for it.</summary>
    public IReadOnlyList<ExchangeProgress> Read()
    {
        var progress = new List<ExchangeProgress>();
        lock (gate)
        {
            for (var exchange = latest; exchange is not null; exchange = exchange.Earlier)
            {
                progress.Add(exchange.Progress);
            }
        }

        return progress;
    }
}
