namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>How large a window is, in CSS pixels, and whether the system prefers dark colours.</summary>
internal sealed record WindowLook(int Width = 1280, int Height = 900, bool Dark = false)
{
    public string Theme => Dark ? "dark" : "light";
}
