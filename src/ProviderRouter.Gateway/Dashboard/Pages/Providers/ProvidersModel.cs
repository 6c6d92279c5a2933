using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Providers;
using ProviderRouter.Upstream;

namespace ProviderRouter.Gateway.Dashboard.Pages.Providers;

/// <summary>All providers.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Providers">The active one first.</param>
/// <param name="Disabled">The name of the one that was disabled just now, which can be taken back; or null.</param>
public sealed record ProvidersModel(PageFrame Frame, IReadOnlyList<ListedProvider> Providers, string? Disabled);

/// <summary>One of them, in the list.</summary>
/// <param name="Provider">All of it; its key is sealed, and no page shows even that.</param>
/// <param name="Badges">Whether it answers, and how.</param>
/// <param name="Key">Where its key comes from, in words.</param>
/// <param name="IsKeyMissing">True when the variable that should hold its key is not set where the server runs.</param>
/// <param name="IsActive">True when it answers now.</param>
/// <param name="LastTest">What it said when it was asked last; null when nobody asked.</param>
public sealed record ListedProvider(
    Provider Provider, IReadOnlyList<Badge> Badges, string Key, bool IsKeyMissing, bool IsActive, TestedModel? LastTest);

/// <summary>What a provider said when it was asked.</summary>
public sealed record TestedModel(Moment When, Badge Badge, ProbeResult Result, DateTimeOffset At);

/// <summary>The page of one provider's test.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Provider">Which one.</param>
/// <param name="Tested">What it said; null when nobody asked since the server started.</param>
/// <param name="CanSwitch">True when it is enabled and another one answers now.</param>
public sealed record TestModel(PageFrame Frame, Provider Provider, TestedModel? Tested, bool CanSwitch);

/// <summary>Where a new provider may come from.</summary>
public sealed record PresetsModel(PageFrame Frame, IReadOnlyList<(string Heading, IReadOnlyList<ProviderPreset> Presets)> Groups);

/// <summary>A provider's form.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Action">Where it is sent.</param>
/// <param name="Preset">What it begins with, of a new one; else null.</param>
/// <param name="IsNew">True for a provider that is to be added.</param>
/// <param name="Fields">What stands in it.</param>
/// <param name="Problems">What is wrong, by fields.</param>
/// <param name="HasStoredKey">True when a key is stored that stays where none is typed.</param>
/// <param name="AnswersInside">True for the provider that has no address.</param>
/// <param name="Seen">What it was like when it was shown; null for a new one.</param>
public sealed record ProviderFormModel(
    PageFrame Frame, string Action, ProviderPreset? Preset, bool IsNew, ProviderFields Fields, IReadOnlyDictionary<string, List<string>> Problems,
    bool HasStoredKey, bool AnswersInside, string? Seen);
