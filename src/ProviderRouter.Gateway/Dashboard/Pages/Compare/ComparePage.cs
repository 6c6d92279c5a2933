using Microsoft.AspNetCore.Http;
using ProviderRouter.Comparison;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Pages.Exchanges;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Compare;

/// <summary>Two exchanges side by side: a request and its replay, or any two.</summary>
internal sealed class ComparePage(LogReading reading, TimeProvider time)
{
    /// <summary>So long a replay may take to come on record, by the time that its id bears.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The page.</summary>
    public Task<UiAnswer> ShowAsync(UiRequest request) => request.Query("a") is { } left && request.Query("b") is { } right
        // Long texts take a second to compare.
        ? reading.RunAsync(
            log => Show(request, log, left, right), log => FoundExchange.IsLarge(log, left) || FoundExchange.IsLarge(log, right), isSearch: true, request.Left)
        : Task.FromResult(Ask(request, request.Query("a"), request.Query("b"), [], StatusCodes.Status200OK));

    private UiAnswer Show(UiRequest request, AuditLogReader log, string left, string right)
    {
        var (one, other) = (FoundExchange.Read(log, left, out var leftProblem), FoundExchange.Read(log, right, out var rightProblem));
        // It may be a replay whose record comes in a moment.
        var problems = new[] { one is null && !MayCome(left) ? leftProblem : null, other is null && !MayCome(right) ? rightProblem : null }.OfType<string>().ToList();
        if (problems.Count > 0 || (one is null && other is null))
        {
            return Ask(request, left, right, problems.Count > 0 ? problems : [leftProblem, rightProblem], StatusCodes.Status404NotFound);
        }

        var two = one is { Record.Outcome: not null } && other is { Record.Outcome: not null } ? TwoAnswers.Of(one.Record, one.Bodies, other.Record, other.Bodies) : null;
        return UiAnswer.PageAtOnce(CompareSlice.Create(new(
            request.Frame("Comparison", Place.Live) with { Script = two is null ? "underway.js" : null }, two, one?.Record, other?.Record,
            one?.Record.RequestId ?? left, other?.Record.RequestId ?? right)));
    }

    /// <summary>True for a whole id that was made a moment ago.</summary>
    private bool MayCome(string typed) =>
        Guid.TryParseExact(typed, "D", out var id) && id.Version == 7
        && Math.Abs(time.GetUtcNow().ToUnixTimeMilliseconds() - Convert.ToInt64($"{id:N}"[..12], fromBase: 16)) < Patience.TotalMilliseconds;

    private static UiAnswer Ask(UiRequest request, string? left, string? right, IReadOnlyList<string> problems, int status) =>
        UiAnswer.Page(CompareFormSlice.Create(new(request.Frame("Compare two exchanges", Place.Live), left, right, problems)), status);
}
