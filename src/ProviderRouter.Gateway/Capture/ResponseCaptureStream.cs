namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// The answer's body on its way to the client; what the client was given goes into the capture. Its first byte waits until the
/// request is on record; what lets the client take it for complete, until the answer is: the last bytes of a body whose
/// length was told, the event that ends a stream. (The end of any other body is the server's to send, after the record.)
/// </summary>
internal sealed class ResponseCaptureStream(Stream inner, Exchange exchange) : AnswerStream
{
    public override long Position
    {
        get => exchange.ResponseBody.Bytes;
        set => throw new NotSupportedException("A body on its way cannot be rewound.");
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (exchange.WasRefused)
        {
            // The client is told that, and nothing else.
            await inner.WriteAsync(buffer, cancellationToken);
            return;
        }

        if (exchange.GoesOnAlone)
        {
            exchange.Conclude(Verdict.LeftAlone);
            exchange.ResponseBody.Append(buffer.Span);
            return;
        }

        exchange.AnswerBegins();
        if (!exchange.CompletesAnswer(buffer.Length))
        {
            await exchange.RequestOnRecordAsync();
        }

        // Asked again: the answer may have come before its request was over.
        if (exchange.CompletesAnswer(buffer.Length))
        {
            exchange.ResponseBody.Append(buffer.Span);
            await exchange.AnswerOnRecordAsync();
        }
        else if (exchange.IsAnswered)
        {
            exchange.Continue(buffer.Span);
        }
        else if (exchange.EndOfStreamIn(buffer.Span) is >= 0 and var end)
        {
            // What comes before the event that ends the stream need not wait for the record.
            await inner.WriteAsync(buffer[..end], cancellationToken);
            exchange.ResponseBody.Append(buffer.Span);
            await exchange.AnswerOnRecordAsync();
            buffer = buffer[end..];
        }
        else
        {
            await inner.WriteAsync(buffer, cancellationToken);
            exchange.ResponseBody.Append(buffer.Span);
            return;
        }

        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await exchange.RequestOnRecordAsync();
        await inner.FlushAsync(cancellationToken);
    }
}
