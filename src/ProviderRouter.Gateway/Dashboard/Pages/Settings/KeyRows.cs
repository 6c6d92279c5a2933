using ProviderRouter.Access;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Questions.Stats;
using ProviderRouter.Gateway.Dashboard.Forms;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Settings;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Settings;

/// <summary>The keys of clients as a page shows them, and the form that makes one.</summary>
internal sealed class KeyRows(SqliteDatabase database, LogReading reading, GatewayOptions options, TimeProvider time)
{
    /// <summary>Their use is counted so far back.</summary>
    private static readonly TimeSpan Counted = TimeSpan.FromDays(30);

    /// <summary>The fields of that form, with what was typed and what is wrong with it.</summary>
    public static IReadOnlyList<FormField> Fields(
        string name = "", string kind = "client", string expires = "", string? nameProblem = null, string? expiresProblem = null) =>
    [
        new("name", "Name", KeyLike.MayBeIn(name) ? "" : name, "Shown in the log instead of the key: a-z, 0-9, '-', '_' and '.'.", Listed(nameProblem)) { Prefix = "key-" },
        new("kind", "Opens", kind, "client: the API under /v1. admin: this dashboard and /admin.") { Prefix = "key-", Kind = FieldKind.Choice, Choices = ["client", "admin"] },
        new("expires", "Ends after", KeyLike.IsIn(expires) ? "" : expires, $"It takes {Age.Allowed}. Empty: until it is revoked.", Listed(expiresProblem)) { Prefix = "key-", Example = "30d" },
    ];

    /// <summary>All keys.</summary>
    public async Task<KeysModel> ModelAsync(IReadOnlyList<FormField> fields, CancellationToken left)
    {
        IReadOnlyList<ClientKey> all;
        using (var keys = database.OpenClientKeys())
        {
            all = keys.List();
        }

        var now = time.GetUtcNow();
        var filter = new ExchangeFilter { Since = now - Counted };
        var uses = all.Any(key => key.RevokedAt is null)
            ? (await reading.RunAsync(log => log.Stats(filter, StatsGrouping.Key, time.LocalTimeZone), isSearch: false, left)).Groups : [];
        var rows = all.ToLookup(key => key.RevokedAt is not null, key => RowOf(key, uses.FirstOrDefault(use => use.Key == key.Name), now));
        return new([.. rows[false]], [.. rows[true]], options switch
        {
            { AsksForKeys: true } => "Clients need a client key, this dashboard an admin key.",
            { AsksForAdminKeys: true } => "Clients need no key; this dashboard needs an admin key.",
            _ => "No key is needed: only this machine can reach the router. The log names the key that a client sends anyway.",
        }, fields);
    }

    /// <summary>What a key opens, in words.</summary>
    public static string Opens(ClientKeyKind kind) => kind == ClientKeyKind.Admin ? "the dashboard and /admin" : "the providers, under /v1";

    private KeyRow RowOf(ClientKey key, StatsFigures? use, DateTimeOffset now)
    {
        var state = key.StateAt(now);
        return new(
            key.Name, Opens(key.Kind),
            new(state switch { ClientKeyState.Valid => Tone.Good, ClientKeyState.Expired => Tone.Warning, _ => Tone.Plain }, state.Word()),
            Moment.Of(key.CreatedAt, time), (key.RevokedAt ?? key.ExpiresAt) is { } end ? Moment.Of(end, time) : null,
            use?.Last is { } last ? Moment.Of(last, time) : null, use?.Count ?? 0);
    }

    private static IReadOnlyList<string>? Listed(string? problem) => problem is null ? null : [problem];
}
