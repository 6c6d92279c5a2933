using ProviderRouter.Gateway.Dashboard.Layout;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>The sign-in page. What was typed is never on it.</summary>
/// <param name="Visitor">Who looks.</param>
/// <param name="To">Where to go after that.</param>
/// <param name="Problem">Why one is not in; null when nothing was tried yet.</param>
public sealed record SignInModel(Visitor Visitor, string To, string? Problem)
{
    /// <summary>What stands around it.</summary>
    public PageFrame Frame => new("Sign in", Place.None, Visitor, Said: null) { IsBare = true };
}
