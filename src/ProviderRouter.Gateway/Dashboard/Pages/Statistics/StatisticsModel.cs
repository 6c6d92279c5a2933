using ProviderRouter.Gateway.Dashboard.Figures;
using ProviderRouter.Gateway.Dashboard.Filters;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Statistics;

/// <summary>What the page of figures shows.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Form">The filters.</param>
/// <param name="Groupings">By what can be counted: name, label, address, and whether it is so now.</param>
/// <param name="Windows">How far back can be counted at a click.</param>
/// <param name="Span">When the first and the last of them came in, in words; null without any.</param>
/// <param name="Figures">The figures of all.</param>
/// <param name="Outcomes">How many ended in which way.</param>
/// <param name="Table">Those of each group.</param>
/// <param name="LeftOut">How many groups the table leaves out, being the smallest or the oldest.</param>
/// <param name="Charts">The figures over time; empty where groups are no moments.</param>
public sealed record StatisticsModel(
    PageFrame Frame, FilterForm Form, IReadOnlyList<ChoiceLink> Groupings, IReadOnlyList<ChoiceLink> Windows, string? Span,
    IReadOnlyList<Figure> Figures, IReadOnlyList<OutcomeCount> Outcomes, FiguresTable Table, int LeftOut, IReadOnlyList<Chart> Charts);

/// <summary>A way of counting that can be chosen.</summary>
public sealed record ChoiceLink(string Label, string Url, bool IsChosen);

/// <summary>How many ended in a way, and where they are listed.</summary>
public sealed record OutcomeCount(Badge Badge, string Url);
