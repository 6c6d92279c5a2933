using ProviderRouter.Cli.Commands.Providers;
using ProviderRouter.Providers;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Status;

/// <summary>What <c>status --json</c> prints.</summary>
/// <param name="Source"><c>database</c>, <c>environment</c> or <c>default</c>.</param>
/// <param name="BaseUrl">Null when no provider has the active name.</param>
/// <param name="Requests">Requests on record.</param>
/// <param name="Problem">What keeps the active provider from answering; null when nothing is seen.</param>
/// <param name="Server">The server that runs; null when none does.</param>
/// <param name="Log">How its log does; null when no server runs, or it did not answer.</param>
/// <param name="Fallbacks">Who answers, in order, when the active provider fails.</param>
/// <param name="Breakers">The breakers that are not closed; null when no server runs, or it did not answer.</param>
/// <param name="DatabaseBytes">The database on the disk, with its -wal file.</param>
/// <param name="SpoolBytes">Records that wait in files to be written.</param>
/// <param name="Problems">All that is wrong, and what to do about it.</param>
internal sealed record StatusReport(
    string ActiveProvider, string Source, string Database, string? BaseUrl, long Requests, string Version, string? Problem,
    ServerReport? Server, LogReport? Log, IReadOnlyList<FallbackReport> Fallbacks, IReadOnlyList<BreakerReport>? Breakers,
    long DatabaseBytes, long SpoolBytes, IReadOnlyList<StatusProblem> Problems)
{
    /// <summary>Puts it together.</summary>
    /// <param name="server">Of several, the one that something is wrong with; null when none runs.</param>
    public static StatusReport Of(
        SqliteDatabase database, ActiveChoice choice, IReadOnlyList<FallbackReport> fallbacks, long requests, RunningServer? server,
        DiskUse disk, string? problem, IReadOnlyList<StatusProblem> problems) => new(
            choice.Active.Name, NameOf(choice.Active.Source), database.Path, choice.Provider?.BaseUrl, requests, ProductVersion.Text, problem,
            server is null ? null : new ServerReport(server.Url), server?.Log, fallbacks, server?.Log is null ? null : server.Breakers,
            disk.Database, disk.Spool, problems);

    private static string NameOf(ActiveProviderSource source) => source switch
    {
        ActiveProviderSource.Database => "database",
        ActiveProviderSource.Environment => "environment",
        _ => "default",
    };
}

/// <summary>The server that runs, as <c>status --json</c> prints it.</summary>
internal sealed record ServerReport(string Url);

/// <summary>One that answers when the active provider fails, as <c>status --json</c> prints it.</summary>
/// <param name="Known">False when there is no provider of this name.</param>
/// <param name="Enabled">False when it answers nobody.</param>
internal sealed record FallbackReport(string Provider, bool Known, bool Enabled)
{
    public static IReadOnlyList<FallbackReport> In(ProviderPlace place, IReadOnlyList<Provider> providers) => [.. place.Fallbacks.Select(name =>
        providers.FirstOrDefault(provider => provider.Name == name) is { } known
            ? new FallbackReport(name, Known: true, known.Enabled) : new FallbackReport(name, Known: false, Enabled: false))];
}

/// <summary>A provider's breaker, as a server tells it.</summary>
/// <param name="State"><c>open</c> (passed over) or <c>half-open</c> (being tried again).</param>
internal sealed record BreakerReport(string Provider, string State);
