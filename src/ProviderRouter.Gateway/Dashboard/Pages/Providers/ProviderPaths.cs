namespace ProviderRouter.Gateway.Dashboard.Pages.Providers;

/// <summary>Where the pages of providers are.</summary>
internal static class ProviderPaths
{
    public const string List = "/ui/providers";
    public const string Add = "/ui/providers/add";

    /// <summary>The page of one; of one that is called "add", beside that of adding.</summary>
    public static string Of(string name) => name == "add" ? To(name, "edit") : $"{List}/{Uri.EscapeDataString(name)}";

    /// <summary>What is done with one: <c>test</c>, <c>enable</c>, <c>disable</c>, <c>remove</c>.</summary>
    public static string To(string name, string what) => $"{List}/{Uri.EscapeDataString(name)}/{what}";
}
