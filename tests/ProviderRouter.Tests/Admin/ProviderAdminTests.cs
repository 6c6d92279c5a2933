using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ProviderRouter.Tests.Access;

namespace ProviderRouter.Tests.Admin;

/// <summary>Providers over the admin API.</summary>
public sealed class ProviderAdminTests
{
    private const string Key = "sk-own-8d41c0ffee5a4b6e9d13";

    [Fact]
    public async Task A_provider_comes_answers_changes_and_goes_and_its_key_is_told_to_nobody_else()
    {
        await using var open = await ClosedRouter.StartWithAsync([], ("STUDIO_KEY", Key));
        var admin = new AdminClient(open.Router);
        var made = (await admin.AskAsync("POST", "providers",
            $$$"""{"name":"mine","baseUrl":"{{{open.Studio.BaseUrl}}}/","key":"{{{Key}}}","headers":{"X-Team":"blue"},"idleTimeoutMs":5000,"aliases":{"small":"fake-small"}}""", 201))!;
        Assert.Equal(("mine", "stored", open.Studio.BaseUrl, 5000), ((string?)made["name"], (string?)made["keySource"], (string?)made["baseUrl"], (int)made["idleTimeoutMs"]!));
        Assert.Equal("blue", (string?)made["headers"]!["x-team"]);
        await admin.AskAsync("POST", "providers", """{"name":"mine","baseUrl":"http://127.0.0.1:9/v1"}""", 409);

        using var answer = await open.SendAsync(("x-router-provider", "mine"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"Bearer {Key}", open.Forwarded[^1].Headers["authorization"]);
        Assert.True((bool)(await admin.AskAsync("POST", "providers/mine/test", "{}", 200))!["healthy"]!);

        // What is not named stays, what is null goes back to its default.
        var changed = (await admin.AskAsync("PATCH", "providers/mine", """{"note":"a note","idleTimeoutMs":null,"retries":2}""", 200))!;
        Assert.Equal(("stored", "a note", null, 2), ((string?)changed["keySource"], (string?)changed["note"], (double?)changed["idleTimeoutMs"], (int?)changed["retries"]));
        Assert.Equal("$STUDIO_KEY", (string?)(await admin.AskAsync("PATCH", "providers/mine", """{"keyVariable":"STUDIO_KEY"}""", 200))!["keySource"]);
        Assert.Equal("none", (string?)(await admin.AskAsync("PATCH", "providers/mine", """{"keyVariable":null}""", 200))!["keySource"]);

        Assert.False((bool)(await admin.AskAsync("POST", "providers/mine/disable", "{}", 200))!["enabled"]!);
        using var disabled = await open.SendAsync(("x-router-provider", "mine"));
        await Refused.WithAsync(disabled, HttpStatusCode.BadRequest, "provider_disabled");
        Assert.True((bool)(await admin.AskAsync("POST", "providers/mine/enable", "{}", 200))!["enabled"]!);

        await admin.AskAsync("PUT", "active", """{"provider":"echo","fallbacks":["mine"]}""", 200);
        Assert.Equal(1, (int?)(await admin.GetAsync("providers/mine"))!["fallback"]);
        await admin.AskAsync("DELETE", "providers/mine", null, 409);
        await admin.AskAsync("DELETE", "providers/echo", null, 409);
        await admin.AskAsync("POST", "providers/echo/disable", "{}", 409);
        await admin.AskAsync("PUT", "active", """{"provider":"lm-studio"}""", 200);
        await admin.AskAsync("DELETE", "providers/mine", null, 204);
        await admin.AskAsync("GET", "providers/mine", null, 404);

        await admin.GetAsync("providers");
        await open.Router.DisposeAsync();
        Assert.DoesNotContain(Key, admin.Told.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, open.Router.Errors, StringComparison.Ordinal);
        Assert.Contains("PATCH /admin/api/providers/{name} of 'mine' was answered with 200", open.Router.Errors, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(open.Folder.Data))
        {
            Assert.DoesNotContain(Key, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task All_problems_of_an_input_are_told_at_once_and_nothing_is_changed()
    {
        await using var open = await ClosedRouter.StartAsync();
        var admin = new AdminClient(open.Router);
        var input = $$"""{"name":"Not A Name","baseUrl":"ftp://x","retries":"two","headers":{"a":1},"keyVariable":"{{Key}}","key":"two words","idleTimeoutMs":1.5,"enbaled":true}""";
        var error = (await admin.AskAsync("POST", "providers", input, 400))!["error"]!;
        var problems = error["problems"]!.AsArray().Select(problem => (string)problem!).ToList();

        Assert.Equal("invalid_input", (string?)error["code"]);
        Assert.All(["name must", "base URL must", "retries must", "headers must", "key and keyVariable", "one line", "idleTimeoutMs must", "Did you mean enabled?"],
            part => Assert.Single(problems, problem => problem.Contains(part, StringComparison.Ordinal)));
        Assert.Equal((string?)error["message"], string.Join(' ', problems));
        Assert.DoesNotContain(Key, admin.Told.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, ((JsonArray)(await admin.GetAsync("providers"))!).Count);
        await admin.AskAsync("PATCH", "providers/echo", """{"retries":99,"note":7}""", 400);
        Assert.Null((int?)(await admin.GetAsync("providers/echo"))!["retries"]);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    [InlineData("{\"name\":\"\\ud800\",\"baseUrl\":\"http://127.0.0.1:9\"}")]
    [InlineData("{\"provider\":null}")]
    public async Task What_is_no_input_is_refused(string body)
    {
        await using var open = await ClosedRouter.StartAsync();
        var admin = new AdminClient(open.Router);
        await admin.AskAsync("POST", "providers", body, 400);
        await admin.AskAsync("PUT", "active", body, 400);
        await admin.AskAsync("POST", "keys", body, 400);
        await admin.AskAsync("PUT", "settings/audit.maxBody", body, 400);
        await admin.AskAsync("POST", "providers", $"{{\"note\":\"{new string('x', 1 << 20)}\"}}", 413);
        await admin.AskAsync("PUT", "providers", "{}", 405);
    }

    [Fact]
    public async Task A_preset_needs_no_more_than_a_name_and_a_key()
    {
        await using var open = await ClosedRouter.StartAsync();
        var admin = new AdminClient(open.Router);
        var made = (await admin.AskAsync("POST", "providers", $$"""{"name":"claude","preset":"anthropic","key":"{{Key}}"}""", 201))!;

        Assert.Equal(("https://api.anthropic.com/v1", "x-api-key", "2023-06-01"),
            ((string?)made["baseUrl"], (string?)made["keyHeader"], (string?)made["headers"]!["anthropic-version"]));
        Assert.Contains(((JsonArray)(await admin.GetAsync("presets"))!), preset => (string?)preset!["name"] == "anthropic");
    }
}
