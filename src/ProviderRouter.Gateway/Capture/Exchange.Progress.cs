namespace ProviderRouter.Gateway.Capture;

/// <summary>How far it is, for those who watch from another thread.</summary>
internal sealed partial class Exchange
{
    /// <summary>The one before it in <see cref="OpenExchanges"/>.</summary>
    internal Exchange? Earlier { get; set; }

    /// <summary>The one after it in <see cref="OpenExchanges"/>.</summary>
    internal Exchange? Later { get; set; }

    /// <summary>How far it is at this moment.</summary>
    public ExchangeProgress Progress
    {
        get
        {
            // While it is being written, a time may be seen that is not there yet.
            var (began, token) = (firstByte, firstToken);
            return new(
                RequestId, Provider?.Name, began?.Ticks > 0 ? began.Value.TotalMilliseconds : null,
                token?.Ticks > 0 ? token.Value.TotalMilliseconds : null, ResponseBody.Bytes, watch.Events);
        }
    }
}
