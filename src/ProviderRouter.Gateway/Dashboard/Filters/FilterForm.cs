using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Filters;

/// <summary>The form above a list of exchanges. It is sent with GET, so that what it shows has an address.</summary>
/// <param name="Action">The page's path.</param>
/// <param name="Query">What is asked for.</param>
/// <param name="Providers">Their names.</param>
/// <param name="IsSearch">True on the page of searches, where the words come first.</param>
public sealed record FilterForm(string Action, FilterQuery Query, IReadOnlyList<string> Providers, bool IsSearch)
{
    /// <summary>The order of a search's hits, or null where there is none to choose.</summary>
    public string? Order { get; init; }

    /// <summary>What the address says besides, which stays as it is.</summary>
    public IReadOnlyList<(string Name, string Value)> Kept { get; init; } = [];

    /// <summary>The providers to choose from: also one that is asked for and gone.</summary>
    public IEnumerable<string> Choices =>
        Query.Filter.Provider is { } asked && !Providers.Contains(asked, StringComparer.Ordinal) ? [asked, .. Providers] : Providers;

    /// <summary>True where one of those is given that are folded away.</summary>
    public bool IsOpen => Fields.Select(one => one.Name).Append(IsSearch ? "" : "search").Any(name => Query[name].Length > 0) || Query["replays"].Length > 0;

    /// <summary>True where anything but a search's words is asked for: what a narrow window folds away is open then.</summary>
    public bool IsSet => Order is { Length: > 0 } || FilterQuery.Names.Any(name => Query[name].Length > 0 && !(IsSearch && name == "search"));

    /// <summary>Name, label and example of those that are typed and folded away.</summary>
    public static readonly IReadOnlyList<(string Name, string Label, string Example)> Fields =
    [
        ("until", "Until", "1h, yesterday"),
        ("endpoint", "Endpoint", "chat/completions"),
        ("slower-than", "Slower than", "500ms, 10s"),
        ("min-tokens", "Tokens, at least", "1000"),
        ("key", "Key of the client", "its name"),
    ];

    /// <summary>The outcomes that can be asked for, and what they are called.</summary>
    public static readonly IReadOnlyList<(string Outcome, string Name)> Outcomes =
    [
        (ExchangeFilter.Failed, "all that failed"),
        .. FilterValue.Outcomes.Where(outcome => outcome != ExchangeFilter.Failed).Select(outcome => (outcome, OutcomeWords.Short(outcome == ExchangeFilter.Open ? null : outcome))),
    ];
}
