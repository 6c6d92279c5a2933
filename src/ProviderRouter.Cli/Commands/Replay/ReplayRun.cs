using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Replay;

/// <summary>Sends requests of the log again, some at the same time, in the order in which they are given.</summary>
internal sealed class ReplayRun(RecordedRequests requests, ReplayClient client, int parallel, ProgressBar bar, TimeProvider time)
{
    /// <summary>How long the record of an answer that broke off is waited for: it comes after the end that the client sees.</summary>
    private static readonly TimeSpan RecordPatience = TimeSpan.FromSeconds(2);

    private volatile string? stopReason;

    /// <summary>Why no more were sent; null when nothing kept them from it.</summary>
    public string? StopReason => stopReason;

    /// <summary>Sends them. Where it is ended early, those under way are cut off, and the rest is not sent.</summary>
    public async Task<ReplayReport> RunAsync(IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var results = new ReplayResult?[ids.Count];
        var notSent = new NotSent?[ids.Count];
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, ids.Count), new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation },
                async (i, _) =>
                {
                    (results[i], notSent[i]) = stopReason is { } reason ? (null, new NotSent(requests.NameOf(ids[i]), reason))
                        : await SendAsync(ids[i], cancellation);
                    bar.Add(results[i] is not { IsOk: true });
                });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            stopReason = "it was interrupted before its turn";
        }

        var left = Enumerable.Range(0, ids.Count).Select(i =>
            notSent[i] ?? (results[i] is null ? new NotSent(requests.NameOf(ids[i]), stopReason ?? "it was not reached") : null));
        return ReplayReport.Of([.. results.OfType<ReplayResult>()], [.. left.OfType<NotSent>()]);
    }

    private async Task<(ReplayResult? Result, NotSent? Why)> SendAsync(long id, CancellationToken cancellation)
    {
        if (requests.Read(id, out var why) is not { } request)
        {
            return (null, why);
        }

        var answer = await client.SendAsync(request, cancellation);
        if (answer.IsRouterGone)
        {
            stopReason ??= answer.Error;
        }
        else if (answer.IsRefused)
        {
            stopReason ??= $"The router lets nobody in without a key that is valid for this ({answer.StatusCode}). {RouterKey.HowToGive}";
        }

        return (ReplayResult.Of(request, answer, await RecordAsync(answer)), null);
    }

    private async Task<AuditRecord?> RecordAsync(ReplayAnswer answer)
    {
        var record = requests.RecordOf(answer.RequestId);
        var mayCome = answer is { RequestId: not null, Error: not null, IsCancelled: false };
        for (var started = time.GetTimestamp(); mayCome && record?.Outcome is null && time.GetElapsedTime(started) < RecordPatience;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, CancellationToken.None);
            record = requests.RecordOf(answer.RequestId);
        }

        return record;
    }
}
