using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Gateway.Access;
using ProviderRouter.Gateway.Capture.EventStreams;
using ProviderRouter.Providers;
using ProviderRouter.Settings;

namespace ProviderRouter.Gateway.Capture;

/// <summary>
/// One request and its answer, from the first byte to the two rows that they leave in the log: the request's before the client
/// receives the first byte of an answer, the answer's before the client can take it for complete.
/// </summary>
internal sealed partial class Exchange : IDisposable
{
    /// <summary>
    /// How long an answer that comes before its request was read to the end waits for that, so that the request's row is
    /// whole. A client that goes on sending meanwhile is the rule; one that waits for the answer first, the exception.
    /// </summary>
    private static readonly TimeSpan EarlyAnswerPatience = TimeSpan.FromSeconds(1);

    /// <summary>What is kept of a request's body so that another provider can be asked, in bytes.</summary>
    private const int MostHeld = 16 * 1024 * 1024;

    private readonly HttpContext context;
    // The request's own token: while a provider is asked that is not to be cancelled, the context has another.
    private readonly CancellationToken clientLeft;
    private readonly AuditLogWriter log;
    private readonly TimeProvider time;
    private readonly DateTimeOffset receivedAt;
    private readonly long started;
    private readonly List<string> secrets;
    private readonly RequestCaptureStream requestStream;
    private readonly Stream answerStream;
    private readonly StreamWatch watch = new();
    // Over HTTP/2 a provider may answer while its request is still being sent: then two threads are at the request's copy.
    private readonly Lock requestGate = new();
    private AuditFailureAction onFailure;
    private bool isOffRecord;
    private Task<bool>? requestRow;
    private Task<bool>? answerRow;
    private bool requestWasLate;
    private TimeSpan? firstByte;
    private TimeSpan? firstToken;
    private Verdict? verdict;
    private BodyCapture? continued;

    /// <summary>Begins the record of a request, and tees both bodies.</summary>
    /// <param name="context">The request.</param>
    /// <param name="log">Where its record goes.</param>
    /// <param name="time">By which it is measured.</param>
    /// <param name="requestId">Its id in the log, where that is given already; null for a new one.</param>
    public Exchange(HttpContext context, AuditLogWriter log, TimeProvider time, string? requestId = null)
    {
        this.context = context;
        clientLeft = context.RequestAborted;
        this.log = log;
        this.time = time;
        receivedAt = time.GetUtcNow();
        started = time.GetTimestamp();
        secrets = ClientSecrets.Of(context.Request);
        RequestId = requestId ?? Guid.CreateVersion7(receivedAt).ToString();

        RequestBody.Describe(context.Request.ContentType, context.Request.Headers.ContentEncoding);
        requestStream = new RequestCaptureStream(context.Request.Body, RequestBody, requestGate, () => RecordRequest(complete: true));
        context.Request.Body = requestStream;
        answerStream = context.Response.Body;
        context.Response.Body = new ResponseCaptureStream(answerStream, this);
    }

    /// <summary>The id in the log: a UUID version 7.</summary>
    public string RequestId { get; }

    /// <summary>What is known of who asks; to be set before <see cref="Begin"/>.</summary>
    public Admission Admission { get; set; } = Admission.Anonymous;

    /// <summary>The id in the log of the request that this one repeats, or null; to be set before <see cref="Begin"/>.</summary>
    public string? Replays { get; set; }

    /// <summary>The path, without the keys that somebody put there.</summary>
    public string Endpoint => Redaction.Scrub(context.Request.Path.Value ?? "", secrets);

    /// <summary>Who answers; null while and when nobody does.</summary>
    public Provider? Provider { get; private set; }

    /// <summary>The status that the provider sent; null when it sent none.</summary>
    public int? UpstreamStatus { get; set; }

    /// <summary>The copy of the request's body.</summary>
    public BodyCapture RequestBody { get; } = new();

    /// <summary>The copy of the answer's body.</summary>
    public BodyCapture ResponseBody { get; } = new();

    /// <summary>What the provider reported to the router's own question, and the client was not sent; null where it was not asked.</summary>
    public TokenUsage? UsageKeptBack { get; set; }

    /// <summary>True where the provider of a stream is asked for its usage in the client's place (<c>audit.streamUsage</c>).</summary>
    public bool AsksUsage { get; private set; }

    /// <summary>True once a stream has brought something for the user.</summary>
    public bool HasFirstToken => firstToken is not null;

    /// <summary>True when the provider's answer has come, and nothing of a body.</summary>
    public bool IsAnswerWithoutBody => UpstreamStatus is not null && ResponseBody.Bytes == 0;

    /// <summary>How it ended, as its record says; null before that.</summary>
    public Verdict? Ended { get; private set; }

    /// <summary>Set when the connection became a WebSocket: what went to and fro.</summary>
    public UpgradeTraffic? Upgrade { get; set; }

    /// <summary>True once the answer's row is made: what comes after that is not in it.</summary>
    public bool IsAnswered => answerRow is not null;

    /// <summary>True once the log turned a row away: then the client must not get an answer that looks complete.</summary>
    public bool WasRefused { get; private set; }

    /// <summary>True when the client's request has a body that may still be read.</summary>
    public bool ExpectsBody =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false
        // To Kestrel what follows an upgrade is a body; to us it is a conversation.
        && context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest != true;

    /// <summary>Says who is to answer, which key must not come back in an answer, and how the log is kept.</summary>
    /// <param name="provider">The one that is asked first; null when nobody is.</param>
    /// <param name="keys">The keys of those that may be asked.</param>
    /// <param name="settings">What is in effect for this request.</param>
    /// <param name="needsBody">True where the request's body may be sent again, or changed, also where the log keeps less of it.</param>
    public void Begin(Provider? provider, IEnumerable<string?> keys, AuditSettings settings, bool needsBody)
    {
        Provider = provider;
        onFailure = settings.OnFailure;
        RequestBody.Limit = ResponseBody.Limit = (int)settings.MaxBody;
        AsksUsage = settings.StreamUsage == AuditStreamUsage.Ask;
        RequestBody.Held = needsBody ? MostHeld : 0;
        secrets.AddRange(keys.OfType<string>().Where(key => key.Length >= 8));

        // What a stranger sends is neither read nor kept.
        if (!ExpectsBody || Admission.Refusal is not null)
        {
            RecordRequest(complete: !ExpectsBody);
        }
    }

    /// <summary>
    /// Where nothing may go unlogged: puts the request on record before it is sent on, as far as the log keeps one. False when
    /// the log turned it away; then no trace of it is left.
    /// </summary>
    public async Task<bool> MayGoOnAsync()
    {
        if (onFailure == AuditFailureAction.Continue)
        {
            return true;
        }

        if (requestRow is null && log.Problem is not null)
        {
            log.CountRefused();
            WasRefused = isOffRecord = true;
            return false;
        }

        if (requestRow is null)
        {
            RecordRequest(await requestStream.ReadAheadAsync(context.RequestAborted));
        }

        log.Hurry();
        WasRefused = isOffRecord = !await requestRow!;
        return !isOffRecord;
    }

    /// <summary>
    /// Reads the request's body before it is sent on, and hands over its record. Null where not all of it is kept: it
    /// is too large, no text, or broke off.
    /// </summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAheadAsync()
    {
        if (context.Request.ContentLength >= RequestBody.Room || !await requestStream.ReadAheadAsync(context.RequestAborted))
        {
            return null;
        }

        RecordRequest(complete: true);
        return RequestBody.Kept;
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
        requestRow is not null && answerRow is null
        && context.Response.ContentLength is { } length && ResponseBody.Bytes + bytes >= length
        && !clientLeft.IsCancellationRequested;

    /// <summary>Where in these bytes of an answer the event begins that ends its stream; negative when it does not.</summary>
    public int EndOfStreamIn(ReadOnlySpan<byte> bytes)
    {
        if (!MediaType.IsEventStream(ResponseBody.ContentType))
        {
            return -1;
        }

        var end = watch.Watch(bytes);
        if (firstToken is null && watch.SawFirstToken)
        {
            firstToken = time.GetElapsedTime(started);
        }

        // Where the length was told, the last byte ends the answer, and nothing before it.
        return context.Response.ContentLength is null ? end : -1;
    }

    /// <summary>Sends a comment between two events. It is in the record of what was sent, and is no beginning of the answer.</summary>
    public async Task CommentAsync(ReadOnlyMemory<byte> comment)
    {
        await RequestOnRecordAsync();
        await answerStream.WriteAsync(comment, clientLeft);
        ResponseBody.Append(comment.Span);
        await answerStream.FlushAsync(clientLeft);
    }

    /// <summary>Takes bytes that came after the event that ends a stream.</summary>
    public void Continue(ReadOnlySpan<byte> bytes)
    {
        continued ??= new BodyCapture();
        continued.Append(bytes);
    }

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
