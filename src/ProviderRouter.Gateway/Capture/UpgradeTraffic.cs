using System.Text;
using Microsoft.AspNetCore.Http.Features;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// Counts what passes over a connection that became a WebSocket. Its messages are not kept: the log says that it was one,
/// and how much went each way.
/// </summary>
internal sealed class UpgradeTraffic(IHttpUpgradeFeature inner, Exchange exchange) : IHttpUpgradeFeature
{
    private long fromClient;
    private long toClient;

    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>True once the connection is a WebSocket.</summary>
    public bool Happened { get; private set; }

    public async Task<Stream> UpgradeAsync()
    {
        await exchange.RequestOnRecordAsync();
        var stream = await inner.UpgradeAsync();
        Happened = true;
        return new CountingStream(stream, this);
    }

    /// <summary>What the log keeps in place of a body.</summary>
    public AuditBody ToAuditBody()
    {
        var (received, sent) = (Interlocked.Read(ref fromClient), Interlocked.Read(ref toClient));
        var line = $"[websocket, {received} bytes from the client, {sent} bytes to the client]";
        return new AuditBody(AuditBodyState.Described, Encoding.UTF8.GetBytes(line), IsText: true, sent);
    }

    private sealed class CountingStream(Stream inner, UpgradeTraffic traffic) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Interlocked.Add(ref traffic.fromClient, read);
            return read;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            Interlocked.Add(ref traffic.toClient, buffer.Length);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
