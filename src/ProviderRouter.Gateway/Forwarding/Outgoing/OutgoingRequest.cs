using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.JsonEdits;
using ProviderRouter.Gateway.StreamUsage;
using ProviderRouter.Providers;

namespace ProviderRouter.Gateway.Forwarding.Outgoing;

/// <summary>
/// A request as one provider is to get it, where that differs from what the client sent: with the provider's name of the model, or
/// with a question for the usage of a stream. All other bytes are as they were. What was changed is put back after the attempt.
/// </summary>
internal sealed class OutgoingRequest : IDisposable
{
    // With one of these, a body that is changed would no longer be what its sender vouches for.
    private static readonly string[] Digests = ["content-digest", "repr-digest", "digest", "content-md5", "x-amz-content-sha256", "signature"];

    private readonly HttpContext context;
    private readonly (Stream Body, long? Length, StringValues AcceptEncoding, Stream Answer) before;
    private UsageFilterStream? filter;

    private OutgoingRequest(HttpContext context)
    {
        this.context = context;
        before = (context.Request.Body, context.Request.ContentLength, context.Request.Headers.AcceptEncoding, context.Response.Body);
    }

    /// <summary>
    /// Changes the request that is about to be sent. Null where it stays as it is: nothing is to be changed, or it is none that can
    /// be read here.
    /// </summary>
    public static async ValueTask<OutgoingRequest?> PrepareAsync(HttpContext context, Exchange exchange, Provider provider)
    {
        var asksUsage = exchange.AsksUsage && UsageQuestion.IsFor(context.Request);
        if ((!asksUsage && !ModelChoice.HasAny(provider)) || !MayBeChanged(context.Request) || !exchange.ExpectsBody
            || await exchange.ReadAheadAsync() is not { } body)
        {
            return null;
        }

        var model = ModelChoice.For(context.Request, body.Span, provider);
        var named = model?.Edit.ApplyTo(body.Span);
        var question = asksUsage ? UsageQuestion.For(named ?? body.Span) : null;
        if ((question?.ApplyTo(named ?? body.Span) ?? named) is not { } changed)
        {
            return null;
        }

        exchange.SentModel = model?.Name;
        var outgoing = new OutgoingRequest(context);
        outgoing.Send(changed);
        if (question is not null)
        {
            outgoing.FilterAnswer(exchange);
        }

        return outgoing;
    }

    /// <summary>To be called when the provider has answered: what was held of a stream goes out.</summary>
    public Task EndAsync(CancellationToken cancellation) => filter?.EndAsync(cancellation) ?? Task.CompletedTask;

    private void Send(byte[] body)
    {
        var request = context.Request;
        request.Body = new MemoryStream(body, writable: false);
        // A body whose length was not told goes on without.
        request.ContentLength = request.ContentLength is null ? null : body.Length;
    }

    private void FilterAnswer(Exchange exchange)
    {
        // What comes packed cannot be read on its way, and the client would see the answer to a question that it did not ask.
        context.Request.Headers.AcceptEncoding = "identity";
        filter = new UsageFilterStream(context.Response.Body, context.Response, exchange);
        context.Response.Body = filter;
        context.Response.OnStarting(filter.ForgetLength);
    }

    private static bool MayBeChanged(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && ContentCoding.IsNone(request.Headers.ContentEncoding) && !Array.Exists(Digests, request.Headers.ContainsKey);

    /// <summary>Puts back what was changed.</summary>
    public void Dispose()
    {
        (context.Request.Body, context.Response.Body) = (before.Body, before.Answer);
        context.Request.ContentLength = before.Length;
        context.Request.Headers.AcceptEncoding = before.AcceptEncoding;
        filter?.Retire();
    }
}
