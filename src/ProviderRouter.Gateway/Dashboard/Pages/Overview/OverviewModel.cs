using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Figures;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Overview;

/// <summary>What the overview shows.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Plan">Who answers.</param>
/// <param name="Window">How far back the figures go.</param>
/// <param name="ByModel">True for figures by model, false for figures by provider.</param>
/// <param name="Figures">The figures of all.</param>
/// <param name="Charts">The same over time.</param>
/// <param name="Groups">Those of each provider or model.</param>
/// <param name="GroupsLeftOut">How many smaller groups there are.</param>
/// <param name="LastFailure">What failed last; null when nothing that is looked at did.</param>
/// <param name="Recent">The newest exchanges.</param>
/// <param name="Log">How the log does.</param>
/// <param name="BaseUrl">What clients are told.</param>
public sealed record OverviewModel(
    PageFrame Frame, PlanModel Plan, TimeWindow Window, bool ByModel, IReadOnlyList<Figure> Figures, IReadOnlyList<Chart> Charts,
    FiguresTable Groups, int GroupsLeftOut, FailureModel? LastFailure, IReadOnlyList<RecentModel> Recent, LogModel Log, string BaseUrl);

/// <summary>Who answers, who does in its place, and whom one can switch to.</summary>
/// <param name="Active">Who answers.</param>
/// <param name="Fallbacks">Who does when that one fails, in order.</param>
/// <param name="Others">Whom one can switch to.</param>
/// <param name="Own">Other fallbacks for who answers now; null while that one cannot answer at all.</param>
public sealed record PlanModel(ProviderState Active, IReadOnlyList<ProviderState> Fallbacks, IReadOnlyList<SwitchModel> Others, SwitchModel? Own);

/// <summary>A provider and how it does, as far as that is known without asking it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="BaseUrl">Its address; null when there is no such provider.</param>
/// <param name="Model">The model of requests that name none, or null.</param>
/// <param name="Badge">How it does.</param>
/// <param name="Note">More about that, and what to do; or null.</param>
/// <param name="CanBeAsked">True when a script may ask it how it is.</param>
public sealed record ProviderState(string Name, string? BaseUrl, string? Model, Badge Badge, string? Note, bool CanBeAsked);

/// <summary>A switch to another provider, to be confirmed.</summary>
/// <param name="Provider">Whom to.</param>
/// <param name="Active">Who answers now.</param>
/// <param name="Fallbacks">Who would answer in its place, as it is now.</param>
/// <param name="Choices">Who else could.</param>
/// <param name="Visitor">Who switches.</param>
public sealed record SwitchModel(
    ProviderState Provider, string Active, IReadOnlyList<string> Fallbacks, IReadOnlyList<ProviderState> Choices, Visitor Visitor)
{
    /// <summary>True where only the fallbacks are to change.</summary>
    public bool Stays => Provider.Name == Active;

    /// <summary>True in a dialog, where the button has the focus.</summary>
    public bool IsDialog { get; init; }

    /// <summary>What the page that asks is called.</summary>
    public string Title => Stays ? $"When {Active} fails" : $"Switch to {Provider.Name}?";
}

/// <summary>The page that asks whether to switch.</summary>
public sealed record SwitchPageModel(PageFrame Frame, SwitchModel Switch);

/// <summary>An exchange that failed.</summary>
public sealed record FailureModel(AuditRecord Record, string Why, Moment When);

/// <summary>An exchange in a list.</summary>
public sealed record RecentModel(AuditRecord Record, Badge Badge, Moment When)
{
    /// <summary>In and out together; a dash where the provider told neither.</summary>
    public string Tokens => Record is { PromptTokens: null, CompletionTokens: null } ? "–"
        : ReadableCount.From((long)Math.Min((decimal)(Record.PromptTokens ?? 0) + (Record.CompletionTokens ?? 0), long.MaxValue));
}

/// <summary>How the log does.</summary>
/// <param name="Badge">In a word.</param>
/// <param name="Words">In sentences.</param>
/// <param name="Facts">Name and value.</param>
public sealed record LogModel(Badge Badge, string Words, IReadOnlyList<(string Name, string Value)> Facts);
