using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Filters;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Live;

/// <summary>What the live page shows at first, and without script.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Form">The filters.</param>
/// <param name="Rows">The newest exchanges, or those before one.</param>
/// <param name="StoppedAfter">After how many seconds it was looked no further; null where it was looked everywhere.</param>
/// <param name="Before">The id of the row that these are older than; null for the newest.</param>
/// <param name="Older">Where older ones are; null where there are none.</param>
/// <param name="Feed">What the script needs to go on.</param>
public sealed record LiveModel(
    PageFrame Frame, FilterForm Form, IReadOnlyList<LiveRowModel> Rows, int? StoppedAfter, long? Before, string? Older, FeedModel Feed);

/// <summary>An exchange in the list.</summary>
/// <param name="What">The path, and what went wrong.</param>
/// <param name="Prompt">The start of what the user said last, or null.</param>
public sealed record LiveRowModel(AuditRecord Record, Badge Badge, Moment When, string What, string? Prompt);

/// <summary>What the script needs.</summary>
/// <param name="Query">The filters as a query with its question mark; empty without any.</param>
/// <param name="Clock">How far the clock of the server's machine is ahead of UTC, and since when (<see cref="ClockChanges"/>).</param>
/// <param name="Outcomes">JSON: of each outcome its colour and its words.</param>
public sealed record FeedModel(string Query, string Clock, string Outcomes);
