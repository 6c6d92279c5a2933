using Microsoft.AspNetCore.Http;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>Paths that the door to the dashboard knows.</summary>
internal static class UiPath
{
    public const string Prefix = Access.Doorkeeper.DashboardPrefix;
    public const string SignIn = "/ui/sign-in";
    public const string SignOut = "/ui/sign-out";

    private const int Longest = 2000;
    private static readonly Uri Here = new("http://here");

    /// <summary>True for stylesheets, scripts and pictures, which tell nothing of anybody.</summary>
    public static bool IsAsset(PathString path) => path.StartsWithSegments("/ui/assets", StringComparison.Ordinal);

    /// <summary>The sign-in page, from which one gets to where one wanted to go.</summary>
    public static string SignInFor(HttpRequest request) =>
        Local(request.Path + request.QueryString) is var wanted && (!HttpMethods.IsGet(request.Method) || wanted == Prefix)
            ? SignIn : $"{SignIn}?to={Uri.EscapeDataString(wanted)}";

    /// <summary>Where to go after that, as somebody says: a page of the dashboard, or else its first one.</summary>
    public static string Local(string? wanted) =>
        wanted is { Length: > 0 and <= Longest } && wanted[0] == '/' && Uri.TryCreate(Here, wanted, out var url) && url.Authority == Here.Authority
        && new PathString(Uri.UnescapeDataString(url.AbsolutePath)) is var path && path.StartsWithSegments(Prefix, StringComparison.Ordinal)
        && !IsAsset(path) && path != SignIn && path != SignOut
            ? url.PathAndQuery : Prefix;
}
