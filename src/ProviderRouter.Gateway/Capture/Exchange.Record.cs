using Microsoft.AspNetCore.Http;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Settings;

namespace ProviderRouter.Gateway.Capture;

/// <summary>The two rows: when each is made and written, and who waits for it.</summary>
internal sealed partial class Exchange
{
    /// <summary>Completes when the request is on record. To be waited for before the client receives anything.</summary>
    public async ValueTask RequestOnRecordAsync()
    {
        if (isOffRecord || requestRow is { IsCompleted: true })
        {
            return;
        }

        // A client that waits for "100 Continue" has sent nothing, and need not.
        if (requestRow is null && !(RequestBody.Bytes == 0 && context.Request.Headers.Expect.Count > 0))
        {
            await requestStream.EndAsync(EarlyAnswerPatience, time, context.RequestAborted);
        }

        RecordRequest(complete: false);
        log.Hurry();
        await requestRow!;
    }

    /// <summary>Puts the answer on record, and fails when the log turned it away.</summary>
    /// <exception cref="AnswerNotOnRecordException">The client must not get the rest.</exception>
    public async Task AnswerOnRecordAsync()
    {
        await RecordAnswerAsync();
        if (WasRefused)
        {
            throw new AnswerNotOnRecordException();
        }
    }

    /// <summary>Puts the request on record, once. Returns before it is written.</summary>
    /// <param name="complete">False when its body broke off, or goes on.</param>
    public void RecordRequest(bool complete)
    {
        lock (requestGate)
        {
            requestRow ??= isOffRecord ? null : AppendRequest(complete);
        }
    }

    private Task<bool> AppendRequest(bool complete)
    {
        requestWasLate = !complete;
        var request = context.Request;
        var body = RequestBody.ToAuditBody(complete, secrets);
        if (!complete && body.Kept is { } kept)
        {
            // More may come, and the copy move to a larger buffer.
            body = body with { Kept = kept.ToArray() };
        }

        var facts = body is { IsText: true, Kept: not null, State: not AuditBodyState.Described } ? RequestFacts.Read(body.Kept.Value.Span) : default;
        return log.AppendAsync(
            new AuditRequest
            {
                RequestId = RequestId,
                Provider = Provider?.Name,
                At = receivedAt,
                Method = request.Method,
                Endpoint = Endpoint,
                Query = Redaction.Query(request.QueryString.Value ?? "", secrets),
                Client = context.Connection.RemoteIpAddress?.ToString(),
                ClientKey = Admission.KeyName,
                Replays = Replays,
                Model = facts.Model is null ? null : FactText.Of(Redaction.Scrub(facts.Model, secrets)),
                Stream = facts.Stream,
                Headers = Redaction.Headers(RecordedHeaders.Of(request.Headers), secrets),
                ContentType = RequestBody.ContentType,
                Body = body.InPieces(),
            },
            MayWait,
            isUrgent: false);
    }

    /// <summary>Puts the answer on record, once. Completes when both rows are written, or reported as lost.</summary>
    public async Task RecordAnswerAsync()
    {
        if (isOffRecord)
        {
            return;
        }

        RecordRequest(complete: !ExpectsBody);
        if (answerRow is null)
        {
            var (row, how) = AnswerRecord();
            Ended = how;
            answerRow = log.AppendAsync(row, MayWait);
            if (!await answerRow && onFailure == AuditFailureAction.Refuse)
            {
                WasRefused = true;
                // Waited for, as it has the memory of this exchange.
                await log.AppendAsync(Refused(row), mayWait: true);
            }
        }

        await requestRow!;
        await answerRow;
        if (continued is { } more)
        {
            continued = null;
            await log.AppendAsync(AuditContinuation.Of(RequestId, time.GetUtcNow(), more.ToAuditBody(complete: true, secrets)), MayWait);
            more.Dispose();
        }
    }

    /// <summary>What becomes of its rows where they cannot be written is settled when it begins, also if the setting changes meanwhile.</summary>
    private bool MayWait => onFailure == AuditFailureAction.Continue;

    /// <summary>The record of an answer that the log turned away, to be written later.</summary>
    private AuditResponse Refused(AuditResponse answer) => answer with
    {
        Outcome = Outcome.RouterError,
        StatusCode = context.Response.HasStarted ? answer.StatusCode : StatusCodes.Status503ServiceUnavailable,
        Error = "The log could not be written, so the client was not given the answer, or not its end.",
    };

    private (AuditResponse Row, Verdict How) AnswerRecord()
    {
        var complete = verdict is null || ResponseBody.Bytes == context.Response.ContentLength;
        var answer = RecordedAnswer.Of(ResponseBody, Upgrade, complete, secrets);
        var how = answer.Judge(verdict, context.Response.StatusCode);
        how = how.Error is null ? how : how with { Error = Redaction.Scrub(how.Error, secrets) };
        var body = how.Outcome == Outcome.Ok && answer.Body.State == AuditBodyState.Incomplete
            ? answer.Body with { State = AuditBodyState.Whole } : answer.Body;
        var (lateBytes, lateSha256) = LateRequest();
        var row = new AuditResponse
        {
            RequestId = RequestId,
            Provider = Provider?.Name,
            At = time.GetUtcNow(),
            Outcome = how.Outcome,
            StatusCode = how.Outcome == Outcome.ClientClosed ? Verdict.ClientClosedRequest : context.Response.StatusCode,
            UpstreamStatus = UpstreamStatus,
            Error = how.Error,
            Times = new(time.GetElapsedTime(started), firstByte, firstToken),
            Stream = answer.IsStream,
            Usage = UsageKeptBack is { } tokens ? tokens.In(answer.Usage) : answer.Usage,
            LateRequestBytes = lateBytes,
            LateRequestSha256 = lateSha256,
            Headers = Redaction.Headers(RecordedHeaders.Of(context.Response.Headers), secrets),
            ContentType = ResponseBody.ContentType,
            Body = body.InPieces(),
            EventStream = answer.EventStream,
            Attempts = AttemptsWith(how),
        };
        return (row, how);
    }

    /// <summary>The size and the digest of the request by now, where its row came before its end.</summary>
    private (long? Bytes, byte[]? Sha256) LateRequest()
    {
        lock (requestGate)
        {
            return requestWasLate ? (RequestBody.Bytes, RequestBody.Digest()) : (null, null);
        }
    }
}
