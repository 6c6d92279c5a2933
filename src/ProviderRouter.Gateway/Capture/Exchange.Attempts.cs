using ProviderRouter.AuditLog;
using ProviderRouter.Providers;

namespace ProviderRouter.Gateway.Capture;

/// <summary>Who was asked, one after the other.</summary>
internal sealed partial class Exchange
{
    private List<Attempt>? attempts;
    private volatile Beginning beginning;
    private bool isAsked;
    private long askedAt;

    /// <summary>
    /// True while another provider may be asked: the client waits and has received nothing, and what it sent is there to be sent again.
    /// </summary>
    public bool CanRepeat =>
        !context.Response.HasStarted && !IsCommented && answerRow is null && !clientLeft.IsCancellationRequested && requestStream.CanRewind;

    /// <summary>True once the client was sent a comment: from then on its answer is an event stream.</summary>
    public bool IsCommented => beginning == Beginning.Commented;

    /// <summary>
    /// Sets the provider's answer aside, so that another may be asked: no comment begins an answer then. False where nobody else can be.
    /// </summary>
    public bool TryDecline() =>
        CanRepeat && !(context.Request.ContentLength > RequestBody.Room)
        && Interlocked.CompareExchange(ref beginning, Beginning.Declined, Beginning.Open) == Beginning.Open;

    /// <summary>Lets a comment begin the answer, so that nobody else is asked. False where the provider's was set aside.</summary>
    public bool TryBeginWithComment()
    {
        var before = Interlocked.CompareExchange(ref beginning, Beginning.Commented, Beginning.Open);
        if (before == Beginning.Open)
        {
            ResponseBody.Describe("text/event-stream", contentEncoding: null);
        }

        return before != Beginning.Declined;
    }

    /// <summary>True when the client has left, and its provider goes on all the same.</summary>
    public bool GoesOnAlone => Provider?.Cancels == false && clientLeft.IsCancellationRequested;

    /// <summary>Those that failed before, for a person; null when none did.</summary>
    public string? FailedBefore => attempts is null ? null
        : string.Join("; ", attempts.Where(attempt => attempt.Outcome != Attempt.Skipped).Select(attempt => $"{attempt.Provider} ({attempt.Error})"));

    /// <summary>The model that the provider is asked for, where that is not what the client named; null where it is.</summary>
    public string? SentModel { get; set; }

    /// <summary>A provider is asked now.</summary>
    public void Ask(Provider provider)
    {
        Provider = provider;
        Interlocked.CompareExchange(ref beginning, Beginning.Open, Beginning.Declined);
        (UpstreamStatus, SentModel, UsageKeptBack) = (null, null, null);
        isAsked = true;
        askedAt = time.GetTimestamp();
    }

    /// <summary>Notes that the provider failed, and makes ready for the next attempt.</summary>
    /// <param name="how">How it failed.</param>
    /// <param name="status">The status that it sent; null when that was passed on.</param>
    public void PrepareForNext(Verdict how, int? status)
    {
        isAsked = false;
        (attempts ??= []).Add(AttemptOf(how, status ?? UpstreamStatus));
        context.Response.Clear();
        ResponseBody.Describe(contentType: null, contentEncoding: null);
        requestStream.Rewind();
    }

    /// <summary>Notes that a provider was passed over.</summary>
    public void NoteSkipped(string provider) =>
        (attempts ??= []).Add(new Attempt(provider, Attempt.Skipped, Status: null, "It kept failing, and rests.", time.GetElapsedTime(started), TimeSpan.Zero, Model: null));

    /// <summary>Text without the keys of the client and of those that may be asked.</summary>
    public string WithoutSecrets(string text) => Redaction.Scrub(text, secrets);

    /// <summary>The attempts as the record has them; null where one alone was made, with the body as it came.</summary>
    private string? AttemptsWith(Verdict end)
    {
        if (attempts is null && SentModel is null)
        {
            return null;
        }

        return Attempt.ToJson(isAsked ? [.. attempts ?? [], AttemptOf(end, UpstreamStatus)] : attempts ?? []);
    }

    private Attempt AttemptOf(Verdict end, int? status) => new(
        Provider?.Name ?? "", end.Outcome.Name(), status, end.Error is null ? null : Redaction.Scrub(end.Error, secrets), time.GetElapsedTime(started, askedAt),
        time.GetElapsedTime(askedAt), SentModel);

    /// <summary>What became of the beginning of the answer; decided once, by a comment or by the answer.</summary>
    private enum Beginning
    {
        Open,
        Commented,
        Declined,
    }
}
