using System.Net;
using System.Text.Json.Nodes;
using ProviderRouter.Tests.Access;

namespace ProviderRouter.Tests.Admin;

/// <summary>Settings, the active provider and keys over the admin API.</summary>
public sealed class SettingAdminTests
{
    [Fact]
    public async Task A_setting_is_changed_from_the_next_request_on_and_reset()
    {
        await using var open = await ClosedRouter.StartAsync();
        var admin = new AdminClient(open.Router);
        await admin.AskAsync("PUT", "settings/http.maxRequestBody", """{"value":"1KB"}""", 200);
        using var large = await open.SendAsync(("x-router-provider", "echo"));
        Assert.Equal(HttpStatusCode.OK, large.StatusCode);
        var changed = ((JsonArray)(await admin.GetAsync("settings"))!).Single(setting => (bool)setting!["changed"]!)!;
        Assert.Equal(("http.maxRequestBody", "1KB", "1GB"), ((string?)changed["key"], (string?)changed["value"], (string?)changed["default"]));

        await admin.AskAsync("PUT", "settings/http.maxRequestBody", """{"value":"much"}""", 400);
        await admin.AskAsync("PUT", "settings/http.maxRequestBody", """{"value":1}""", 400);
        await admin.AskAsync("PUT", "settings/no.such", """{"value":"1"}""", 404);
        Assert.Equal("1GB", (string?)(await admin.AskAsync("DELETE", "settings/HTTP.maxRequestBody", null, 200))!["value"]);
    }

    [Fact]
    public async Task Who_answers_is_chosen_and_every_reason_against_it_is_told()
    {
        await using var open = await ClosedRouter.StartAsync();
        var admin = new AdminClient(open.Router);
        await admin.AskAsync("POST", "providers/qwen-proxy/disable", "{}", 200);
        var error = (await admin.AskAsync("PUT", "active", """{"provider":"nobody","fallbacks":["qwen-proxy","echo","echo"]}""", 400))!["error"]!;
        Assert.Equal(3, error["problems"]!.AsArray().Count);

        var active = (await admin.AskAsync("PUT", "active", """{"provider":"echo","fallbacks":["lm-studio"]}""", 200))!;
        Assert.Equal(("echo", "database", "lm-studio"), ((string?)active["provider"], (string?)active["source"], (string?)active["fallbacks"]!.AsArray().Single()));
        using var answer = await open.SendAsync();
        Assert.Equal("echo", answer.Headers.GetValues("x-router-provider").Single());
        Assert.Equal("echo", (string?)(await admin.GetAsync("status"))!["active"]!["provider"]);
    }

    [Fact]
    public async Task A_key_is_told_once_opens_what_it_is_for_and_is_revoked()
    {
        await using var closed = await ClosedRouter.StartAsync("--require-key");
        var admin = new AdminClient(closed.Router, closed.Keys["admin"]);
        var made = (await admin.AskAsync("POST", "keys", """{"name":"phone","expiresIn":"30d"}""", 201))!;
        var key = (string)made["key"]!;
        Assert.NotNull((string?)made["expiresAt"]);
        using var before = await closed.SendAsync(("authorization", $"Bearer {key}"));
        await admin.AskAsync("POST", "keys", """{"name":"phone"}""", 409);
        var length = admin.Told.Length;
        await admin.AskAsync("DELETE", "keys/phone", null, 204);
        await admin.AskAsync("DELETE", "keys/phone", null, 404);
        using var after = await closed.SendAsync(("authorization", $"Bearer {key}"));
        var listed = ((JsonArray)(await admin.GetAsync("keys"))!).Single(listed => (string?)listed!["name"] == "phone")!;
        await admin.AskAsync("POST", "keys", """{"name":"Not A Name","kind":"king","expiresIn":"soon"}""", 400);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
        Assert.Equal("revoked", (string?)listed["state"]);
        Assert.DoesNotContain(key, admin.Told.ToString(length, admin.Told.Length - length), StringComparison.Ordinal);
        Assert.DoesNotContain(key, closed.Router.Errors, StringComparison.Ordinal);
    }
}
