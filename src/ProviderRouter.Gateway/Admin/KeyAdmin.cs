using Microsoft.AspNetCore.Http;
using ProviderRouter.Access;
using ProviderRouter.Settings;

namespace ProviderRouter.Gateway.Admin;

/// <summary>The keys that clients show.</summary>
internal static class KeyAdmin
{
    public static AdminAnswer List(AdminRequest request)
    {
        using var keys = request.Database.OpenClientKeys();
        return AdminAnswer.Of([.. keys.List().Select(key => KeyView.Of(key, request.Now))], AdminJson.Default.IReadOnlyListKeyView);
    }

    public static AdminAnswer Create(AdminRequest request)
    {
        var input = request.Input;
        var (name, kind, expires) = (input.Text("name"), input.Text("kind") ?? "client", input.Text("expiresIn"));
        if (KeyName.Problem(name ?? "") is { } problem)
        {
            input.Refuse(problem);
        }

        if (kind is not ("client" or "admin"))
        {
            input.Refuse("kind must be client or admin.");
        }

        var lifetime = TimeSpan.Zero;
        if (expires is not null && !Age.TryParse(expires, out lifetime))
        {
            input.Refuse($"expiresIn must be {Age.Allowed}.");
        }

        if (input.Problems.Count > 0)
        {
            return AdminAnswer.Invalid(input.Problems);
        }

        using var keys = request.Database.OpenClientKeys();
        return keys.Make(name!, kind == "admin" ? ClientKeyKind.Admin : ClientKeyKind.Client, expires is null ? null : lifetime) is var (text, key)
            ? AdminAnswer.Of(
                new NewKeyView(key.Name, key.Kind.Word(), text, key.CreatedAt.UtcDateTime, key.ExpiresAt?.UtcDateTime),
                AdminJson.Default.NewKeyView, StatusCodes.Status201Created)
            : AdminAnswer.Conflict($"There is a key '{name}' already. Take another name, or revoke it first.");
    }

    public static AdminAnswer Revoke(AdminRequest request)
    {
        using var keys = request.Database.OpenClientKeys();
        return keys.Revoke(request.Name) ? AdminAnswer.Done
            : AdminAnswer.NotFound($"There is no key {KeyLike.Quote(request.Name)} that is not revoked.");
    }
}
