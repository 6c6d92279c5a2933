using ProviderRouter.Gateway.Dashboard.Layout;

namespace ProviderRouter.Gateway.Dashboard.Forms;

/// <summary>A page that asks once before something is done that cannot be taken back.</summary>
/// <param name="Frame">What stands around it; its title is the question.</param>
/// <param name="Words">What will happen, a paragraph each.</param>
/// <param name="Action">Where the form is sent.</param>
/// <param name="Button">What the button says.</param>
/// <param name="Back">Where one goes instead.</param>
public sealed record AskOnceModel(PageFrame Frame, IReadOnlyList<string> Words, string Action, string Button, string Back)
{
    /// <summary>What else is sent.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];
}
