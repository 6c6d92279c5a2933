namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>How large a window is, in CSS pixels, whether the system prefers dark colours, and by whose clock it goes.</summary>
internal sealed record WindowLook(int Width = 1280, int Height = 900, bool Dark = false, string Zone = "UTC")
{
    public string Theme => Dark ? "dark" : "light";
}
