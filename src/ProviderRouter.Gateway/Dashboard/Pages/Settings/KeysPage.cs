using Microsoft.AspNetCore.Http;
using ProviderRouter.Access;
using ProviderRouter.Gateway.Dashboard.Forms;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Settings;

/// <summary>Makes keys of clients, and takes them back. A key is on the page that answers its making, and on no other.</summary>
internal sealed class KeysPage(SqliteDatabase database, SettingsPage settings)
{
    private const string List = $"{SettingsPage.Path}#keys";

    /// <summary>Makes one, and shows it this once: not in an address, and not on a page that a browser keeps.</summary>
    public async Task<UiAnswer> CreateAsync(UiRequest request)
    {
        var (name, kind, expires) = (request.Field("name") ?? "", request.Field("kind") ?? "", request.Field("expires") ?? "");
        var lifetime = TimeSpan.Zero;
        var (nameProblem, expiresProblem) = (KeyName.Problem(name), expires.Length == 0 || Age.TryParse(expires, out lifetime) ? null : $"This takes {Age.Allowed}, or nothing.");
        if (kind is not ("client" or "admin"))
        {
            return UiAnswer.Problem(request, StatusCodes.Status400BadRequest, "No key was made", "A key is a client's or an admin's.");
        }

        if (nameProblem is null && expiresProblem is null)
        {
            using var keys = database.OpenClientKeys();
            if (keys.Make(name, kind == "admin" ? ClientKeyKind.Admin : ClientKeyKind.Client, expires.Length == 0 ? null : lifetime) is var (text, key))
            {
                var host = request.Context.Request.Host;
                return UiAnswer.Page(NewKeySlice.Create(new(
                    request.Frame($"The key {name}", Place.Settings), name, text, KeyRows.Opens(key.Kind),
                    key.Kind == ClientKeyKind.Admin ? $"{request.Context.Request.Scheme}://{host}/ui" : $"{request.Context.Request.Scheme}://{host}/v1")));
            }

            nameProblem = $"There is a key '{name}' already. Take another name, or revoke it first.";
        }

        return await settings.ShowAsync(request, StatusCodes.Status400BadRequest, KeyRows.Fields(name, kind, expires, nameProblem, expiresProblem));
    }

    /// <summary>Asks once whether one is to open nothing any more.</summary>
    public UiAnswer AskRevoke(UiRequest request)
    {
        var name = request.Names[0];
        using var keys = database.OpenClientKeys();
        return !keys.List().Any(key => key.Name == name && key.RevokedAt is null) ? Unknown(request)
            : UiAnswer.Page(AskOnceSlice.Create(new(
                request.Frame($"Revoke the key {name}?", Place.Settings),
                ["Whoever shows it is refused from the next request on. Its name can be used again.", .. name == request.Visitor.SignedInAs ? (string[])["You are signed in with it: you will be signed out."] : []],
                PathOf(name), $"Revoke {name}", List)));
    }

    /// <summary>Takes one back.</summary>
    public UiAnswer Revoke(UiRequest request)
    {
        using var keys = database.OpenClientKeys();
        return keys.Revoke(request.Names[0]) ? UiAnswer.SeeOther(List, $"The key {request.Names[0]} is revoked, from the next request on.") : Unknown(request);
    }

    /// <summary>Where one is revoked.</summary>
    public static string PathOf(string name) => $"/ui/keys/{Uri.EscapeDataString(name)}/revoke";

    private static UiAnswer Unknown(UiRequest request) => UiAnswer.Problem(
        request, StatusCodes.Status404NotFound, "There is no such key", $"{KeyLike.Quote(request.Names[0])} is none, or was revoked already. Nothing was changed.");
}
