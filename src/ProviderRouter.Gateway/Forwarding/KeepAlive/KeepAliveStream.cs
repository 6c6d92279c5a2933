using ProviderRouter.Gateway.Capture;

namespace ProviderRouter.Gateway.Forwarding.KeepAlive;

/// <summary>An answer on its way to a client that is kept alive.</summary>
internal sealed class KeepAliveStream(KeptAlive kept) : AnswerStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await kept.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
