using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Filters;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Search;

/// <summary>What the page of searches shows.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Form">The words and the filters.</param>
/// <param name="Notices">What is to be known about what was found: how the index is, that the time was up.</param>
/// <param name="Hits">What was found; null where nothing was looked for.</param>
/// <param name="Older">Where the next hits are; null where there are none.</param>
/// <param name="IsFirst">False where there are hits before these.</param>
public sealed record SearchModel(
    PageFrame Frame, FilterForm Form, IReadOnlyList<string> Notices, IReadOnlyList<HitModel>? Hits, string? Older, bool IsFirst)
{
    /// <summary>How many were found, and in which order they stand.</summary>
    public string Heading
    {
        get
        {
            var more = IsFirst ? "" : " more";
            var order = Form.Order == "ranked" ? "what is most about it first" : "the newest first";
            return Hits is not { Count: > 0 } hits ? Older is null ? $"Nothing{more} was found." : $"Nothing{more} was found yet."
                : $"{hits.Count}{more} {(hits.Count == 1 ? "hit" : "hits")}, {order}{(Older is null ? "" : "; there may be more")}";
        }
    }
}

/// <summary>A hit.</summary>
/// <param name="Record">The exchange.</param>
/// <param name="Badge">How it ended.</param>
/// <param name="When">When it came in.</param>
/// <param name="Pieces">The text around the first place, in pieces, each with whether it is what was looked for.</param>
/// <param name="More">How often it stands there, in words; null for once, or where that was not counted.</param>
/// <param name="Facts">How long it took, and tokens, as far as they are known.</param>
/// <param name="Prompt">The start of what the user said last; null where that is not known, or stands in the pieces.</param>
/// <param name="Link">The exchange, at this place.</param>
public sealed record HitModel(
    AuditRecord Record, Badge Badge, Moment When, IReadOnlyList<(string Text, bool IsMark)> Pieces, string? More, string Facts,
    string? Prompt, string Link);
