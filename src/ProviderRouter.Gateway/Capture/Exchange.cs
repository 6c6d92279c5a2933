using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProviderRouter.AuditLog;
using ProviderRouter.Gateway.Capture.EventStreams;
using ProviderRouter.Providers;

namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// One request and its answer, from the first byte to the two rows that they leave in the log: the request's as soon as its
/// body was read, the answer's as it ends and before the client can take it for complete.
/// </summary>
internal sealed class Exchange : IDisposable
{
    private readonly HttpContext context;
    private readonly AuditLogWriter log;
    private readonly TimeProvider time;
    private readonly DateTimeOffset receivedAt;
    private readonly long started;
    private readonly List<string> secrets;
    private Task<bool>? requestRow;
    private Task<bool>? answerRow;
    private TimeSpan? firstByte;
    private Verdict? verdict;

    /// <summary>Begins the record of a request, and tees both bodies.</summary>
    public Exchange(HttpContext context, AuditLogWriter log, TimeProvider time)
    {
        this.context = context;
        this.log = log;
        this.time = time;
        receivedAt = time.GetUtcNow();
        started = time.GetTimestamp();
        secrets = ClientSecrets.Of(context.Request);
        RequestId = Guid.CreateVersion7(receivedAt).ToString();

        RequestBody.Describe(context.Request.ContentType, context.Request.Headers.ContentEncoding);
        context.Request.Body = new RequestCaptureStream(context.Request.Body, RequestBody, () => RecordRequest(complete: true));
        context.Response.Body = new ResponseCaptureStream(context.Response.Body, this);
    }

    /// <summary>The id in the log: a UUID version 7.</summary>
    public string RequestId { get; }

    /// <summary>Who answers; null while and when nobody does.</summary>
    public Provider? Provider { get; private set; }

    /// <summary>The status that the provider sent; null when it sent none.</summary>
    public int? UpstreamStatus { get; set; }

    /// <summary>The copy of the request's body.</summary>
    public BodyCapture RequestBody { get; } = new();

    /// <summary>The copy of the answer's body.</summary>
    public BodyCapture ResponseBody { get; } = new();

    /// <summary>How it ended, as its record says; null before that.</summary>
    public Verdict? Ended { get; private set; }

    /// <summary>Set when the connection became a WebSocket: what went to and fro.</summary>
    public UpgradeTraffic? Upgrade { get; set; }

    /// <summary>True when the client's request has a body that may still be read.</summary>
    public bool ExpectsBody =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false
        // To Kestrel what follows an upgrade is a body; to us it is a conversation.
        && context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest != true;

    /// <summary>Says who is to answer, and which key must not come back in an answer.</summary>
    /// <param name="provider">Null when nobody is.</param>
    /// <param name="key">The provider's own key, or null.</param>
    public void Begin(Provider? provider, string? key)
    {
        Provider = provider;
        if (key is { Length: >= 8 })
        {
            secrets.Add(key);
        }

        if (!ExpectsBody)
        {
            RecordRequest(complete: true);
        }
    }

    /// <summary>Says how it ended, where the answer's status does not tell. The first one to say so is right.</summary>
    public void Conclude(Verdict how) => verdict ??= how;

    /// <summary>The first byte of the answer's body is about to go out.</summary>
    public void AnswerBegins() => firstByte ??= time.GetElapsedTime(started);

    /// <summary>
    /// True when these bytes are the last of an answer whose length was told, and all of the request is on record: then the
    /// answer's record is written before they go out.
    /// </summary>
    public bool CompletesAnswer(int bytes) =>
        requestRow is not null && context.Response.ContentLength is { } length && ResponseBody.Bytes + bytes >= length
        && !context.RequestAborted.IsCancellationRequested;

    /// <summary>Puts the request on record, once. Returns before it is written.</summary>
    /// <param name="complete">False when its body broke off.</param>
    public void RecordRequest(bool complete)
    {
        if (requestRow is not null)
        {
            return;
        }

        var request = context.Request;
        var body = RequestBody.ToAuditBody(complete, secrets);
        var facts = body is { IsText: true, Kept: not null, State: not AuditBodyState.Described } ? RequestFacts.Read(body.Kept.Value.Span) : default;
        requestRow = log.AppendAsync(new AuditRequest
        {
            RequestId = RequestId,
            Provider = Provider?.Name,
            At = receivedAt,
            Method = request.Method,
            Endpoint = request.Path.Value ?? "",
            Query = Redaction.Query(request.QueryString.Value ?? "", secrets),
            Client = context.Connection.RemoteIpAddress?.ToString(),
            Model = facts.Model is null ? null : Redaction.Scrub(facts.Model, secrets),
            Stream = facts.Stream,
            Headers = Redaction.Headers(RecordedHeaders.Of(request.Headers), secrets),
            ContentType = RequestBody.ContentType,
            Body = body,
        });
    }

    /// <summary>Puts the answer on record, once. Completes when both rows are written, or reported as lost.</summary>
    public async Task RecordAnswerAsync()
    {
        RecordRequest(complete: !ExpectsBody);
        answerRow ??= log.AppendAsync(Answer());
        await requestRow!;
        await answerRow;
    }

    private AuditResponse Answer()
    {
        var complete = verdict is null || ResponseBody.Bytes == context.Response.ContentLength;
        var isStream = MediaType.IsEventStream(ResponseBody.ContentType);
        var body = Upgrade?.ToAuditBody() ?? ResponseBody.ToAuditBody(complete, secrets);
        var events = AuditBody.None;
        StreamedAnswer? streamed = null;
        if (isStream && body is { IsText: true, Kept: { } text })
        {
            streamed = StreamedAnswer.Read(text);
            // Put together from fragments, a key that came in pieces would be whole again.
            (events, body) = streamed.Json is null ? (AuditBody.None, body)
                : (body, body with { Kept = Redaction.Scrub(streamed.Json, secrets) });
        }

        var how = Judge(streamed);
        how = how.Error is null ? how : how with { Error = Redaction.Scrub(how.Error, secrets) };
        Ended = how;
        if (how.Outcome == Outcome.Ok && body.State == AuditBodyState.Incomplete)
        {
            body = body with { State = AuditBodyState.Whole };
        }

        return new AuditResponse
        {
            RequestId = RequestId,
            Provider = Provider?.Name,
            At = time.GetUtcNow(),
            Outcome = how.Outcome,
            StatusCode = how.Outcome == Outcome.ClientClosed ? Verdict.ClientClosedRequest : context.Response.StatusCode,
            UpstreamStatus = UpstreamStatus,
            Error = how.Error,
            Duration = time.GetElapsedTime(started),
            FirstByte = firstByte,
            Stream = isStream,
            Headers = Redaction.Headers(RecordedHeaders.Of(context.Response.Headers), secrets),
            ContentType = ResponseBody.ContentType,
            Body = body,
            EventStream = events,
        };
    }

    private Verdict Judge(StreamedAnswer? streamed)
    {
        // A client may hang up as soon as it has the event that ends a stream. It got everything.
        if (verdict is not null && !(verdict.Outcome == Outcome.ClientClosed && streamed?.Ended == true))
        {
            return verdict;
        }

        var status = context.Response.StatusCode;
        return status >= 400 ? new Verdict(Outcome.UpstreamError, $"{status}: {ErrorIn(ResponseBody) ?? "the provider gave no reason"}")
            : streamed?.Error is { } error ? new Verdict(Outcome.UpstreamError, error)
            : streamed?.Ended == false ? new Verdict(Outcome.UpstreamCut, "The provider's stream stopped before its end.")
            : new Verdict(Outcome.Ok, Error: null);
    }

    private static string? ErrorIn(BodyCapture body) =>
        ContentCoding.Decode(body.Kept, body.ContentEncoding, BodyCapture.MaxBody, out _) is { Length: > 0 } content
            ? UpstreamErrorText.From(content) : null;

    /// <summary>Gives the copies back, unless a row that was not waited for may still need them.</summary>
    public void Dispose()
    {
        if (requestRow is { IsCompleted: false } || answerRow is { IsCompleted: false })
        {
            return;
        }

        RequestBody.Dispose();
        ResponseBody.Dispose();
    }
}
