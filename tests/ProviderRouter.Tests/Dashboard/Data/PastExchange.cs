using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ProviderRouter.AuditLog;

namespace ProviderRouter.Tests.Dashboard.Data;

/// <summary>An exchange as it is to stand in a log; what is not said is as it is most of the time.</summary>
internal sealed record PastExchange(string Request, string Answer)
{
    /// <summary>How long ago it came in.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromMinutes(1);

    public string? Provider { get; init; } = "lm-studio";

    public string? AskedProvider { get; init; }

    public string Method { get; init; } = "POST";

    public string Endpoint { get; init; } = "/v1/chat/completions";

    public string? Query { get; init; }

    public string? Client { get; init; } = "127.0.0.1";

    public string? ClientKey { get; init; }

    public string? Replays { get; init; }

    public string? Model { get; init; } = "qwen3-30b-a3b";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [("user-agent", "OpenAI/Python 2.8.1"), ("content-type", "application/json")];

    public IReadOnlyList<(string Name, string Value)> AnswerHeaders { get; init; } = [("content-type", "application/json")];

    /// <summary>False while its answer is on its way.</summary>
    public bool IsAnswered { get; init; } = true;

    public Outcome Outcome { get; init; } = Outcome.Ok;

    public int? Status { get; init; } = 200;

    public string? Error { get; init; }

    public string? Attempts { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(2.4);

    public TimeSpan? FirstToken { get; init; }

    public AuditUsage Usage { get; init; } = new("qwen3-30b-a3b", 120, 80, null, null, "stop", 0);

    public AuditBodyState RequestState { get; init; } = AuditBodyState.Whole;

    public AuditBodyState AnswerState { get; init; } = AuditBodyState.Whole;

    /// <summary>The events as they were sent, of a stream.</summary>
    public string? Events { get; init; }

    /// <summary>Its rows.</summary>
    public IEnumerable<AuditRow> Rows(DateTimeOffset now, string id)
    {
        var at = now - Age;
        yield return new AuditRequest
        {
            RequestId = id, At = at, Provider = AskedProvider ?? Provider, Method = Method, Endpoint = Endpoint, Query = Query, Client = Client,
            ClientKey = ClientKey, Replays = Replays, Model = Model, Stream = Events is not null, Headers = Of(Headers),
            ContentType = "application/json", Body = Body(Request, RequestState),
        };
        if (IsAnswered)
        {
            yield return new AuditResponse
            {
                RequestId = id, At = at + Duration, Provider = Provider, Outcome = Outcome, StatusCode = Status,
                UpstreamStatus = Outcome is Outcome.Ok or Outcome.UpstreamError ? Status : null, Error = Error,
                Times = new(Duration, Status is null ? null : (FirstToken ?? (Duration / 4)) * 0.9, FirstToken), Stream = Events is not null, Usage = Usage, Attempts = Attempts,
                EventStream = Events is null ? default(ReadOnlyMemory<byte>?) : Packed(Events), Headers = Of(AnswerHeaders),
                ContentType = Events is null ? "application/json" : "text/event-stream", Body = AnswerBody(),
            };
        }
    }

    private static AuditHeaders Of(IReadOnlyList<(string Name, string Value)> headers) =>
        Redaction.Headers([.. headers.Select(header => KeyValuePair.Create(header.Name, (IReadOnlyList<string?>)[header.Value]))], []);

    /// <summary>Of a stream: what its events amount to; the size and the digest are theirs.</summary>
    private AuditBody AnswerBody()
    {
        var body = Body(Answer, AnswerState);
        return Events is null ? body : body with { Bytes = Encoding.UTF8.GetByteCount(Events), Sha256 = SHA256.HashData(Encoding.UTF8.GetBytes(Events)), IsAsSent = false };
    }

    private static AuditBody Body(string text, AuditBodyState state)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length == 0 ? AuditBody.None with { State = state == AuditBodyState.Whole ? AuditBodyState.None : state }
            : new AuditBody(state, bytes, IsText: true, bytes.Length, SHA256.HashData(bytes), IsAsSent: state == AuditBodyState.Whole).InPieces();
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
