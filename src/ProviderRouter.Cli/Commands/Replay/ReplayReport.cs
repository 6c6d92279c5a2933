using System.Text.Json.Serialization;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Replay;

namespace ProviderRouter.Cli.Commands.Replay;

/// <summary>What <c>replay --json</c> prints.</summary>
/// <param name="Sent">How many were sent.</param>
/// <param name="Ok">Of those, how many were answered, and with no error.</param>
/// <param name="Failed">Of those, the others.</param>
/// <param name="Skipped">How many could not be sent, or had not their turn.</param>
internal sealed record ReplayReport(
    int Sent, int Ok, int Failed, int Skipped, IReadOnlyList<ReplayResult> Replays, IReadOnlyList<NotSent> NotSent)
{
    /// <summary>Of a dry run: what would be sent; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WouldSend>? WouldSend { get; init; }

    public static ReplayReport Of(IReadOnlyList<ReplayResult> replays, IReadOnlyList<NotSent> notSent)
    {
        var ok = replays.Count(replay => replay.IsOk);
        return new(replays.Count, ok, replays.Count - ok, notSent.Count, replays, notSent);
    }
}

/// <summary>One request that was sent again.</summary>
/// <param name="Origin">The id of the one that it repeats.</param>
/// <param name="RequestId">Its own id; null when it was cut off before an answer began.</param>
internal sealed record ReplayResult(
    string Origin, string? RequestId, string? Provider, string? Model, int? StatusCode, string? Outcome, double? DurationMs, double? FirstTokenMs,
    long? PromptTokens, long? CompletionTokens, string? Error)
{
    /// <summary>True when it was answered, and with no error.</summary>
    [JsonIgnore]
    public bool IsOk => Outcome is null ? Error is null && StatusCode < 400 : Outcome == "ok";

    /// <summary>As its record says; as far as it has none (yet), as the client saw it.</summary>
    public static ReplayResult Of(RecordedRequest request, ReplayAnswer answer, AuditRecord? record) => record?.Outcome is null
        ? new(
            request.Origin.RequestId, answer.RequestId, answer.Provider, request.Model, answer.StatusCode, answer.IsCancelled ? "client_closed" : null,
            answer.DurationMs, FirstTokenMs: null, PromptTokens: null, CompletionTokens: null, answer.Error)
        : new(
            request.Origin.RequestId, record.RequestId, record.Provider, record.ResponseModel ?? record.Model, record.StatusCode, record.Outcome,
            record.DurationMs, record.FirstTokenMs, record.PromptTokens, record.CompletionTokens, record.Error);
}

/// <summary>One request that was not sent.</summary>
/// <param name="Reason">Why not.</param>
internal sealed record NotSent(string RequestId, string Reason);

/// <summary>One request that a dry run would have sent.</summary>
/// <param name="Model">The model that it would ask for.</param>
/// <param name="Bytes">The size of its body.</param>
internal sealed record WouldSend(string RequestId, string Method, string Endpoint, string? Model, long Bytes);
