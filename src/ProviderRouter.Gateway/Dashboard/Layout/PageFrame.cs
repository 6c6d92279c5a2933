namespace ProviderRouter.Gateway.Dashboard.Layout;

/// <summary>What stands around a page.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Here">Which of the places in the navigation it belongs to.</param>
/// <param name="Visitor">Who looks.</param>
/// <param name="Said">What was done before, in a sentence, or null.</param>
public sealed record PageFrame(string Title, Place Here, Visitor Visitor, string? Said)
{
    /// <summary>The script of this page, an asset's name; null where it needs none.</summary>
    public string? Script { get; init; }

    /// <summary>True where there is no way to other pages: one has to sign in first.</summary>
    public bool IsBare { get; init; }

    /// <summary>True where there are charts on it.</summary>
    public bool HasCharts { get; init; }
}

/// <summary>The places in the navigation.</summary>
public enum Place
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>What is active, and how it does.</summary>
    Overview,

    /// <summary>Requests as they come.</summary>
    Live,

    /// <summary>What stands in requests and answers.</summary>
    Search,

    /// <summary>Figures.</summary>
    Statistics,

    /// <summary>The providers.</summary>
    Providers,

    /// <summary>Settings and the keys of clients.</summary>
    Settings,
}
