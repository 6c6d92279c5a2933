using Microsoft.AspNetCore.Http;
using ProviderRouter.Comparison;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Pages.Exchanges;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Compare;

/// <summary>Two exchanges side by side: a request and its replay, or any two.</summary>
internal sealed class ComparePage(LogReading reading, TimeProvider time)
{
    private const string WhereToLook = "Choose one below, or look for it on Live or Search.";

    /// <summary>So long a replay may take to come on record, by the time that its id bears.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The page.</summary>
    public Task<UiAnswer> ShowAsync(UiRequest request) => (request.Query("a"), request.Query("b")) switch
    {
        // Long texts take a second to compare.
        ({ } left, { } right) => reading.RunAsync(
            log => Show(request, log, left, right), log => FoundExchange.IsLarge(log, left) || FoundExchange.IsLarge(log, right), isSearch: true, request.Left),
        var (left, right) => reading.RunAsync(
            log => Ask(request, log, left, right, [.. new[] { Problem(log, left), Problem(log, right) }.OfType<string>()], StatusCodes.Status200OK), isSearch: false, request.Left),
    };

    private UiAnswer Show(UiRequest request, AuditLogReader log, string left, string right)
    {
        var (one, other) = (FoundExchange.Read(log, left, out var leftProblem), FoundExchange.Read(log, right, out var rightProblem));
        // It may be a replay whose record comes in a moment.
        var problems = new[] { one is null && !MayCome(left) ? Problem(log, left) ?? leftProblem : null, other is null && !MayCome(right) ? Problem(log, right) ?? rightProblem : null }
            .OfType<string>().ToList();
        if (problems.Count > 0 || (one is null && other is null))
        {
            return Ask(request, log, left, right, problems.Count > 0 ? problems : [leftProblem, rightProblem], StatusCodes.Status404NotFound);
        }

        var two = one is { Record.Outcome: not null } && other is { Record.Outcome: not null } ? TwoAnswers.Of(one.Record, one.Bodies, other.Record, other.Bodies) : null;
        return UiAnswer.PageAtOnce(CompareSlice.Create(new(
            request.Frame("Comparison", Place.Live) with { Script = two is null ? "underway.js" : "scrolled.js" }, two,
            Side("A", left, one, log), Side("B", right, other, log))));
    }

    private ComparedSide Side(string letter, string typed, FoundExchange? found, AuditLogReader log) => found is null ? new(letter, typed, null, null, null)
        : new(letter, found.Record.RequestId, ShortText.Of(found.Record), Moment.Of(found.Record.CreatedAt, time),
            log.ReadPrompt(found.Record) is { } prompt ? SaidText.OneLine(prompt) : null);

    /// <summary>True for a whole id that was made a moment ago.</summary>
    private bool MayCome(string typed) =>
        Guid.TryParseExact(typed, "D", out var id) && id.Version == 7
        && Math.Abs(time.GetUtcNow().ToUnixTimeMilliseconds() - Convert.ToInt64($"{id:N}"[..12], fromBase: 16)) < Patience.TotalMilliseconds;

    private static string? Problem(AuditLogReader log, string? typed) => typed is null ? null : log.Name(typed).Problem(typed, WhereToLook);

    private UiAnswer Ask(UiRequest request, AuditLogReader log, string? left, string? right, IReadOnlyList<string> problems, int status) =>
        UiAnswer.Page(
            CompareFormSlice.Create(new(request.Frame("Compare two exchanges", Place.Live), left, right, problems, CompareChoices.Of(log, left, right, time))), status);
}
