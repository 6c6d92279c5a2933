using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli config</c>: the settings are listed, read, changed and brought back to their defaults.</summary>
public sealed class ConfigTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task List_shows_each_setting_with_its_default()
    {
        var listed = (await RunAsync("config", "list", "--json")).Exits(0).Json.AsArray();

        Assert.Equal(
            [
                "audit.durability=full", "audit.onFailure=continue", "audit.failureWait=2s", "audit.maxBody=16MB",
                "audit.spoolFolder=", "audit.spoolMax=1GB", "audit.streamUsage=reported", "audit.searchIndex=on",
                "retention.bodiesBefore=off", "retention.recordsBefore=off", "retention.maxSize=off",
                "fallback.breakFor=15s", "fallback.maxWait=2s",
                "http.allowedHosts=", "http.allowedOrigins=", "http.maxRequestBody=1GB",
            ],
            listed.Select(setting => $"{setting!["key"]}={setting["value"]}"));
        Assert.All(listed, setting =>
        {
            Assert.Equal((string?)setting!["default"], (string?)setting["value"]);
            Assert.False((bool)setting["changed"]!);
            Assert.EndsWith(".", (string?)setting["description"], StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task List_marks_what_was_changed_and_leaves_no_cell_empty()
    {
        (await RunAsync("config", "set", "audit.maxBody", "1MB")).Exits(0);
        // A default that is written down is still the default.
        (await RunAsync("config", "set", "audit.spoolMax", "1024MB")).Exits(0);

        var listed = (await RunAsync("config", "list", "--json")).Exits(0).Json.AsArray();
        Assert.Equal("audit.maxBody", (string?)Assert.Single(listed, setting => (bool)setting!["changed"]!)!["key"]);
        var lines = (await RunAsync("config", "ls")).Exits(0).Output.TrimEnd().Split('\n');
        Assert.Equal(listed.Count + 1, lines.Length);
        Assert.Matches("^KEY +VALUE +DEFAULT +CHANGED +DESCRIPTION$", lines[0]);
        Assert.Single(lines, line => line.Contains("changed ", StringComparison.Ordinal));
        Assert.Matches("^audit.maxBody +1MB +16MB +changed +[A-Z]", lines[4]);
        Assert.Matches("^audit.spoolFolder +- +- +- +[A-Z]", lines[5]);
    }

    [Theory]
    [InlineData("audit.durability", "Process", "process")]
    [InlineData("audit.onFailure", "refuse", "refuse")]
    [InlineData("audit.failureWait", "0", "0ms")]
    [InlineData("audit.failureWait", "1500ms", "1500ms")]
    [InlineData("audit.failureWait", "60s", "60s")]
    [InlineData("audit.maxBody", "0", "0B")]
    [InlineData("AUDIT.MAXBODY", " 256 mb ", "256MB")]
    [InlineData("audit.maxBody", "16777217B", "16777217B")]
    [InlineData("audit.spoolMax", "1TB", "1TB")]
    [InlineData("audit.streamUsage", "ASK", "ask")]
    [InlineData("retention.bodiesBefore", "1m", "1m")]
    [InlineData("retention.bodiesBefore", "36h", "36h")]
    [InlineData("retention.recordsBefore", "2w", "14d")]
    [InlineData("retention.recordsBefore", "100y", "36500d")]
    [InlineData("retention.maxSize", "5GB", "5GB")]
    [InlineData("http.allowedHosts", "Router.LAN., b, router.lan", "router.lan,b")]
    [InlineData("http.allowedOrigins", "HTTP://LocalHost:80, app://obsidian.md,https://[::1]:8443", "http://localhost,app://obsidian.md,https://[::1]:8443")]
    [InlineData("http.allowedOrigins", "", "")]
    [InlineData("http.maxRequestBody", "1024KB", "1MB")]
    [InlineData("retention.maxSize", "8388607TB", "8388607TB")]
    public async Task Set_keeps_one_spelling_of_a_value_which_get_prints_alone(string key, string typed, string kept)
    {
        (await RunAsync("config", "set", key, typed)).Exits(0);

        var got = (await RunAsync("config", "get", key)).Exits(0);
        Assert.Equal(kept + "\n", got.Output.ReplaceLineEndings("\n"));
        Assert.Empty(got.Errors);
        // What get prints, set takes.
        var again = (await RunAsync("config", "set", key, kept)).Exits(0);
        Assert.Contains($"is already {kept}", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_says_what_changed_and_the_database_has_it()
    {
        Assert.Contains(
            "retention.bodiesBefore: off → 30d; in effect with the next request",
            (await RunAsync("config", "set", "retention.bodiesBefore", "30d")).Exits(0).Output, StringComparison.Ordinal);

        var row = new RecordedLog(folder).Query("SELECT * FROM settings WHERE key = 'retention.bodiesBefore'").Single();
        Assert.Equal("30d", row["value"]);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.InRange(row.Number("updated_at"), now - 300, now);
        var change = (await RunAsync("config", "set", "retention.bodiesBefore", "off", "--json")).Exits(0).Json;
        AssertJson("""{"key":"retention.bodiesBefore","value":"off","previous":"30d"}""", change);
    }

    [Fact]
    public async Task Get_prints_one_json_object_when_asked_to()
    {
        (await RunAsync("config", "set", "audit.failureWait", "5s")).Exits(0);

        var got = (await RunAsync("config", "get", "audit.failureWait", "--json")).Exits(0).Json;

        Assert.Equal(["key", "value", "default", "changed", "description"], got.AsObject().Select(field => field.Key));
        Assert.Equal("audit.failureWait 5s 2s True", $"{got["key"]} {got["value"]} {got["default"]} {(bool)got["changed"]!}");
    }

    [Fact]
    public async Task Unset_brings_the_default_back_and_touches_nothing_else()
    {
        (await RunAsync("config", "set", "audit.maxBody", "1MB")).Exits(0);
        (await RunAsync("config", "set", "audit.onFailure", "refuse")).Exits(0);

        AssertJson(
            """{"key":"audit.maxBody","value":"16MB","previous":"1MB"}""",
            (await RunAsync("config", "unset", "audit.maxBody", "--json")).Exits(0).Json);

        Assert.Equal(
            ["active_provider=lm-studio", "audit.onFailure=refuse"],
            new RecordedLog(folder).Query("SELECT * FROM settings WHERE key <> 'settings_version' ORDER BY key").Select(row => $"{row["key"]}={row["value"]}"));
        var again = (await RunAsync("config", "unset", "audit.maxBody")).Exits(0);
        Assert.Contains("is at its default: 16MB", again.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get", "audit.maxBdy", "Did you mean audit.maxBody?")]
    [InlineData("get", "maxBody", "Did you mean audit.maxBody?")]
    [InlineData("unset", "retention.bodies", "Did you mean retention.bodiesBefore?")]
    [InlineData("set", "audit.onfailur", "Did you mean audit.onFailure?")]
    [InlineData("set", "something", "provider-cli config list")]
    [InlineData("get", "", "provider-cli config list")]
    [InlineData("set", "active_provider", "provider-cli set echo")]
    [InlineData("get", "active_provider", "provider-cli status")]
    [InlineData("unset", "active_provider", "provider-cli set NAME")]
    public async Task An_unknown_key_is_refused_and_the_nearest_suggested(string command, string key, string expected)
    {
        var before = (await RunAsync("status")).Exits(0).Output;

        var result = (await RunAsync(["config", command, key, .. command == "set" ? ["echo"] : Array.Empty<string>()])).Exits(1);

        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.Empty(result.Output);
        Assert.Equal(before, (await RunAsync("status")).Exits(0).Output);
    }

    [Theory]
    [InlineData("config get audit.s", "audit.searchIndex audit.spoolFolder audit.spoolMax audit.streamUsage")]
    [InlineData("config set retention.m", "retention.maxSize")]
    [InlineData("config unset retention", "retention.bodiesBefore retention.maxSize retention.recordsBefore")]
    public async Task A_shell_completes_keys(string typed, string expected)
    {
        // As dotnet-suggest asks: the whole line, and where the cursor is.
        var line = $"provider-cli {typed}";

        var result = (await RunAsync($"[suggest:{line.Length}]", line)).Exits(0);

        Assert.Equal(expected.Split(' '), result.Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Programs_that_set_at_once_all_succeed_and_none_undoes_another()
    {
        (await RunAsync("status")).Exits(0);
        string[] sizes = ["1MB", "2MB", "3MB", "4MB"];
        (string Key, string Value)[] others = [("audit.onFailure", "refuse"), ("audit.failureWait", "7s"), ("retention.maxSize", "5GB")];
        var pairs = sizes.Select(size => (Key: "audit.maxBody", Value: size)).Concat(others);

        var results = await Task.WhenAll(pairs.Select(pair => RunAsync("config", "set", pair.Key, pair.Value)).ToArray());

        Assert.All(results, result => result.Exits(0));
        var listed = (await RunAsync("config", "list", "--json")).Exits(0).Json.AsArray()
            .ToDictionary(setting => (string)setting!["key"]!, setting => (string?)setting!["value"]);
        Assert.Contains(listed["audit.maxBody"], sizes);
        Assert.All(others, other => Assert.Equal(other.Value, listed[other.Key]));
    }

    [Theory]
    [InlineData("audit.maxBody", "a lot", "16MB")]
    [InlineData("audit.maxBody", "1TB", "16MB")]
    [InlineData("audit.durability", "", "full")]
    [InlineData("audit.spoolFolder", "relative/folder", "")]
    [InlineData("audit.spoolFolder", "/tmp/\u001b[31m\nx", "")]
    [InlineData("retention.bodiesBefore", "99999999999999999999y", "off")]
    public async Task Garbage_written_by_hand_leaves_the_default_in_effect_and_is_said(string key, string stored, string standard)
    {
        (await RunAsync("status")).Exits(0);
        new RecordedLog(folder).Execute($"INSERT INTO settings VALUES ('{key}', '{stored}', 0), ('left.over', 'x', 0)");

        var list = (await RunAsync("config", "list", "--json")).Exits(0);
        var setting = list.Json.AsArray().Single(setting => (string?)setting!["key"] == key)!;
        Assert.Equal(standard, (string?)setting["value"]);
        Assert.False((bool)setting["changed"]!);
        Assert.Contains($"! {key} is ", list.Errors, StringComparison.Ordinal);
        Assert.Contains($"provider-cli config set {key}", list.Errors, StringComparison.Ordinal);
        Assert.Single(list.Errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain('\u001b', list.Errors);

        var get = (await RunAsync("config", "get", key)).Exits(0);
        Assert.Equal(standard, get.Output.TrimEnd());
        Assert.Equal(list.Errors, get.Errors);
        Assert.Empty((await RunAsync("config", "get", "audit.failureWait")).Exits(0).Errors);

        (await RunAsync("config", "unset", key)).Exits(0);
        Assert.Empty((await RunAsync("config", "list")).Exits(0).Errors);
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
