using ProviderRouter.Gateway.Dashboard.Session;

namespace ProviderRouter.Gateway.Dashboard.Layout;

/// <summary>Who looks at a page.</summary>
/// <param name="FormToken">What each form that changes something sends along, to show that it is the router's own.</param>
/// <param name="SignedInAs">The name of the admin key with which one signed in; null where one need not.</param>
public sealed record Visitor(string FormToken, string? SignedInAs)
{
    /// <summary>Somebody who is shown no form.</summary>
    public static readonly Visitor Unknown = new(FormToken: "", SignedInAs: null);

    /// <summary>Whether they would still be let in: for answers that go on for long.</summary>
    internal Func<bool> MayStay { get; init; } = () => true;

    /// <summary>Who that is, as the door found out.</summary>
    internal static Visitor Of(UiVisitor visitor) => new(visitor.Token, visitor.HasSession ? visitor.KeyName : null) { MayStay = visitor.MayStay };
}
