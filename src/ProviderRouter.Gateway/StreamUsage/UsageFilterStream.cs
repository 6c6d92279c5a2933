using System.Buffers;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Capture;

namespace ProviderRouter.Gateway.StreamUsage;

/// <summary>
/// Stands before the capture, so that the log has what the client was sent; what is kept from the client goes to the record
/// as numbers, before the bytes that follow it are written.
/// </summary>
internal sealed class UsageFilterStream(Stream inner, HttpResponse response, Exchange exchange) : AnswerStream
{
    private readonly UsageFilter filter = new();
    private readonly ArrayBufferWriter<byte> output = new();
    private bool? isFiltered;
    // True while bytes are being written, and for ever where that failed: nothing may follow a gap.
    private bool isBroken;
    private bool isRetired;

    /// <summary>Only a stream of events that is not packed is looked into; what else comes, passes.</summary>
    private bool IsReadable => MediaType.IsEventStream(response.ContentType) && ContentCoding.IsNone(response.Headers.ContentEncoding);

    /// <summary>To be called before the headers go out: a stream whose length was told may become shorter.</summary>
    public Task ForgetLength()
    {
        response.ContentLength = IsReadable && !isRetired ? null : response.ContentLength;
        return Task.CompletedTask;
    }

    /// <summary>To be called when the attempt is over that it was made for: what follows is not its business, unless the answer went through it.</summary>
    public void Retire() => isRetired = isFiltered is null;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        isFiltered ??= IsReadable;
        if (isFiltered == false || exchange.WasRefused)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            return;
        }

        filter.Take(buffer.Span, output);
        await SendAsync(cancellationToken);
    }

    /// <summary>To be called when no more will come: an event that its provider did not finish goes out as it is.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        if (!isBroken && !exchange.WasRefused && !cancellation.IsCancellationRequested)
        {
            filter.End(output);
            await SendAsync(cancellation);
        }
    }

    private async ValueTask SendAsync(CancellationToken cancellation)
    {
        exchange.UsageKeptBack = filter.Usage;
        if (output.WrittenCount > 0)
        {
            isBroken = true;
            await inner.WriteAsync(output.WrittenMemory, cancellation);
            isBroken = false;
            output.ResetWrittenCount();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
}
