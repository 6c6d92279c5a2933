namespace ProviderRouter.Gateway.Dashboard.Layout;

/// <summary>What a page says that cannot show what was asked for.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Message">What is wrong, and what to do.</param>
public sealed record ProblemModel(PageFrame Frame, string Message)
{
    /// <summary>Where to go on.</summary>
    public (string Path, string Text) Way { get; init; } = ("/ui", "To the overview");
}
