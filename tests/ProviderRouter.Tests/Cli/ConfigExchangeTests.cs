using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli config export</c> and <c>config import</c>: all but the keys goes from one database to another, or nothing does.</summary>
public sealed class ConfigExchangeTests : IDisposable
{
    private const string Key = "sk-exchange-4f9a1c77e2b04d55a8c3";

    private readonly TestFolder folder = new();
    private readonly TestFolder other = new();

    public void Dispose()
    {
        folder.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task What_was_exported_is_imported_elsewhere_and_exported_the_same()
    {
        (await Cli(folder).RunWithInputAsync(
            Key, "provider", "add", "full", "--preset", "anthropic", "--key-stdin", "--query", "a=1", "--model", "m", "--alias", "a=b", "--idle-timeout",
            "90s", "--connect-timeout", "3s", "--keep-alive", "5s", "--retries", "4", "--cancel", "off", "--note", "Büro")).Exits(0);
        (await RunAsync(folder, "provider", "disable", "qwen-proxy")).Exits(0);
        (await RunAsync(folder, "provider", "edit", "qwen-direct", "--key-env", "OTHER_KEY")).Exits(0);
        (await RunAsync(folder, "set", "full", "--fallback", "echo,lm-studio")).Exits(0);
        (await RunAsync(folder, "config", "set", "audit.maxBody", "1MB")).Exits(0);
        var exported = (await RunAsync(folder, "config", "export")).Exits(0);
        Assert.Contains("to be stored anew: full", exported.Errors, StringComparison.Ordinal);
        Assert.Equal("provider-router-config", (string?)exported.Json["format"]);
        Assert.Equal(1, (int?)exported.Json["version"]);

        // What differs from the default here, and not there, goes back to it.
        (await RunAsync(other, "config", "set", "audit.failureWait", "1s")).Exits(0);
        var imported = (await Cli(other).RunWithInputAsync(exported.Output, "config", "import", "-", "--json")).Exits(0).Json;

        Assert.Equal("""["full"]""", imported["added"]!.ToJsonString());
        Assert.Equal("""["qwen-proxy","qwen-direct"]""", imported["changed"]!.ToJsonString());
        Assert.Equal("""["audit.failureWait","audit.maxBody"]""", imported["settings"]!.ToJsonString());
        Assert.Equal("""["full"]""", imported["keysToStore"]!.ToJsonString());
        (await Cli(other).RunWithInputAsync(Key, "provider", "edit", "full", "--key-stdin")).Exits(0);
        Assert.Equal(exported.Output, (await RunAsync(other, "config", "export")).Exits(0).Output);
        Assert.Equal("built-in", (string?)(await RunAsync(other, "provider", "show", "lm-studio", "--json")).Json["origin"]);
        var again = (await Cli(other).RunWithInputAsync(exported.Output, "config", "import", "-", "--json")).Exits(0).Json;
        Assert.Equal("[][][][]", $"{again["added"]!.ToJsonString()}{again["changed"]!.ToJsonString()}{again["settings"]!.ToJsonString()}{again["keysToStore"]!.ToJsonString()}");
    }

    [Fact]
    public async Task A_stored_key_stays_and_a_new_address_for_it_is_said()
    {
        await using var setup = await Setup.StartAsync();
        (await setup.Cli.RunWithInputAsync(Key, "provider", "add", "keyed", "--base-url", "https://api.example.com/v1", "--key-stdin")).Exits(0);
        var document = (await setup.Cli.RunAsync("config", "export")).Json;
        var keyed = document["providers"]!.AsArray().Single(provider => (string?)provider!["name"] == "keyed")!;
        (keyed["baseUrl"], keyed["keySource"], keyed["keyVariable"]) = (setup.Proxy.BaseUrl, "$ELSE", "ELSE");
        document["activeProvider"] = "keyed";

        var imported = (await setup.Cli.RunWithInputAsync(document.ToJsonString(), "config", "import", "-")).Exits(0);

        Assert.Contains("keyed is at another address: its stored key goes to http://127.0.0.1", imported.Errors, StringComparison.Ordinal);
        Assert.Contains($"Bearer {Key}", await setup.Client.GetStringAsync("v1/mirror"), StringComparison.Ordinal);
        Assert.Equal("stored", (string?)(await setup.Cli.RunAsync("provider", "show", "keyed", "--json")).Json["keySource"]);
    }

    [Fact]
    public async Task The_active_provider_is_not_disabled_by_a_document()
    {
        var document = (await RunAsync(folder, "config", "export")).Json;
        document["providers"]![0]!["enabled"] = false;
        Assert.Contains("activeProvider: lm-studio is disabled", (await ImportAsync()).Exits(1).Errors, StringComparison.Ordinal);
        document["activeProvider"] = null;
        Assert.Contains("lm-studio is active here", (await ImportAsync()).Exits(1).Errors, StringComparison.Ordinal);
        document["fallbacks"] = new JsonArray("echo");
        Assert.Contains("fallbacks belong to an active provider", (await ImportAsync()).Exits(1).Errors, StringComparison.Ordinal);
        (document["activeProvider"], document["fallbacks"]) = ("echo", new JsonArray("echo", "lm-studio"));
        Assert.Contains("echo cannot answer in its own place", (await ImportAsync()).Exits(1).Errors, StringComparison.Ordinal);
        document["fallbacks"] = new JsonArray("qwen-proxy", "lm-studio");
        (await ImportAsync()).Exits(0);
        Assert.Equal([2, 1, null, null], (await RunAsync(folder, "list", "--json")).Json.AsArray().Select(provider => (int?)provider!["fallback"]));

        Task<ProgramResult> ImportAsync() => Cli(folder).RunWithInputAsync(document.ToJsonString(), "config", "import", "-");
    }

    [Fact]
    public async Task A_dry_run_says_what_would_change_and_writes_nothing()
    {
        var document = (await RunAsync(folder, "config", "export")).Json;
        document["activeProvider"] = "echo";
        document["settings"]!["audit.maxBody"] = "2MB";
        var path = Path.Combine(folder.Path, "config.json");
        await File.WriteAllTextAsync(path, document.ToJsonString());
        var before = (await RunAsync(folder, "config", "export")).Output;

        var result = (await RunAsync(folder, "config", "import", path, "--dry-run")).Exits(0);

        Assert.Contains("audit.maxBody", result.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, (await RunAsync(folder, "config", "export")).Output);
        (await RunAsync(folder, "config", "import", path)).Exits(0);
        Assert.Equal("echo", (string?)(await RunAsync(folder, "status", "--json")).Json["activeProvider"]);
    }

    [Fact]
    public async Task An_export_goes_into_a_new_file_for_its_owner_alone()
    {
        var path = Path.Combine(folder.Path, "config.json");
        (await RunAsync(folder, "config", "export", path)).Exits(0);

        Assert.Equal((await RunAsync(folder, "config", "export")).Output, await File.ReadAllTextAsync(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Contains("is there already", (await RunAsync(folder, "config", "export", path)).Exits(1).Errors, StringComparison.Ordinal);
        Assert.Contains("cannot be written", (await RunAsync(folder, "config", "export", "/nowhere/x.json")).Exits(1).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "It is no JSON")]
    [InlineData("nonsense", "It is no JSON: see line 1.")]
    [InlineData("{\"format\":\"provider-router-config\",\"format\":1}", "It is no JSON")]
    [InlineData("[]", "not a configuration")]
    [InlineData("{}", "its format is not provider-router-config")]
    [InlineData("{\"format\":1}", "its format is not provider-router-config")]
    [InlineData("{\"format\":\"provider-router-config\"}", "version must be a whole number from 1")]
    [InlineData("{\"format\":\"provider-router-config\",\"version\":\"1\"}", "version must be a whole number from 1")]
    [InlineData("{\"format\":\"provider-router-config\",\"version\":2}", "It has version 2, and this program reads up to 1. Update the program.")]
    [InlineData("{\"format\":\"provider-router-config\",\"version\":1e99}", "version must be a whole number from 1")]
    public async Task What_is_no_configuration_is_refused_in_one_line(string document, string expected)
    {
        var result = (await Cli(folder).RunWithInputAsync(document, "config", "import", "-")).Exits(1);

        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task Every_problem_of_a_document_is_said_at_once_no_key_is_repeated_and_nothing_is_written()
    {
        var before = (await RunAsync(folder, "config", "export")).Output;
        var document =
            $$"""
            {"format":"provider-router-config","version":1,"activeProvider":"nobody","fallbacks":["echo","echo","none"],"extra":1,
             "settings":{"audit.maxBody":"lots","audit.nonsense":"x","audit.spoolFolder":"/nowhere/at/all"},
             "providers":[
              {"name":"a","baseUrl":"http://me:{{Key}}@host/v1","headers":{"authorization":"{{Key}}"},"idleTimeoutMs":99999999999999},
              {"name":"b","baseUrl":"http://localhost","key":"{{Key}}","retries":"3","cancels":1,"aliases":[]},
              {"name":"c","baseUrl":"http://localhost","keyVariable":"{{Key}}","note":"\ud800"},
              {"name":"c","baseUrl":"http://localhost"},
              {"baseUrl":null},
              "{{Key}}"]}
            """;

        var result = (await Cli(folder).RunWithInputAsync(document, "config", "import", "-")).Exits(1);

        Assert.All(
            [
                "activeProvider: there is no provider 'nobody'.", "fallbacks: echo is named twice.", "fallbacks: there is no provider 'none'.",
                "extra is no field", "settings: audit.maxBody takes", "settings: There is no setting 'audit.nonsense'", "settings: audit.spoolFolder: There is no folder",
                "providers[0]: The base URL must be", "providers[0]: The header authorization may hold a key", "providers[0]: The idle timeout must be",
                "providers[1].retries must be a whole number.", "providers[1].cancels must be true or false.", "providers[1].aliases must be an object of texts",
                "providers[1].key is no field of a configuration, which holds no keys", "providers[2].note must be a text.",
                "The provider 'c' is there more than once.", "providers[4].name is missing.", "providers[4].baseUrl is missing.", "providers[5] must be an object.",
                "Nothing was imported.",
            ],
            expected => Assert.Contains(expected, result.Errors, StringComparison.Ordinal));
        Assert.Equal(20, result.Errors.TrimEnd().Split('\n').Length);
        Assert.DoesNotContain(Key, result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal(before, (await RunAsync(folder, "config", "export")).Output);
    }

    private static Programs.Cli Cli(TestFolder folder) => new(folder);

    private static Task<ProgramResult> RunAsync(TestFolder folder, params string[] arguments) => Cli(folder).RunAsync(arguments);
}
