using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli provider</c>: providers are added, shown, changed and removed.</summary>
public sealed class ProviderCommandTests : IDisposable
{
    private const string Key = "sk-cmd-4f9a1c77e2b04d55a8c3";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_preset_needs_no_more_than_a_name()
    {
        var added = (await RunAsync("provider", "add", "home", "--preset", "ollama")).Exits(0);

        Assert.Contains("Added home: http://localhost:11434/v1, key: none", added.Output, StringComparison.Ordinal);
        Assert.Contains("provider-cli test home", added.Output, StringComparison.Ordinal);
        Assert.Contains("provider-cli set home", added.Output, StringComparison.Ordinal);
        Assert.Empty(added.Errors);
        var listed = (await RunAsync("provider", "list", "--json")).Exits(0).Json.AsArray();
        Assert.Equal("ollama", (string?)listed[^1]!["type"]);
        Assert.Equal(listed.ToJsonString(), (await RunAsync("list", "--json")).Json.ToJsonString());
    }

    [Fact]
    public async Task Every_option_is_stored_and_shown()
    {
        var added = (await RunAsync(
            "provider", "add", "full", "--base-url", "https://api.example.com/v1/", "--key-env", "FULL_KEY", "--key-header", "X-API-Key",
            "--key-prefix", "", "--header", "X-Title: my: router", "--header", "openai-organization:org-1", "--query", "?api-version=v1",
            "--model", "small", "--alias", "gpt-4=big=1", "--alias", "llama3:8b=other", "--idle-timeout", "10m", "--connect-timeout", "1500ms",
            "--keep-alive", "15s", "--retries", "2", "--cancel", "off", "--note", "Büro 水", "--json")).Exits(0);

        AssertJson(
            """
            {"name":"full","type":"openai-compatible","baseUrl":"https://api.example.com/v1","active":false,"enabled":true,"fallback":null,
             "keySource":"$FULL_KEY","keyVariable":"FULL_KEY","keyHeader":"x-api-key","keyPrefix":"",
             "headers":{"x-title":"my: router","openai-organization":"org-1"},"query":"api-version=v1","defaultModel":"small",
             "aliases":{"gpt-4":"big=1","llama3:8b":"other"},"idleTimeoutMs":600000,"connectTimeoutMs":1500,"keepAliveMs":15000,
             "retries":2,"cancels":false,"note":"Büro 水","origin":"edited"}
            """,
            added.Json);
        Assert.Contains("FULL_KEY is not set here", added.Errors, StringComparison.Ordinal);
        AssertJson((await RunAsync("provider", "show", "FULL", "--json")).Exits(0).Output, added.Json);
        var shown = (await RunAsync("provider", "show", "full")).Exits(0).Output;
        Assert.All(
            ["$FULL_KEY", "x-api-key: KEY", "x-title: my: router", "api-version=v1", "gpt-4 → big=1", "10m", "1500ms", "15s", "off", "Büro 水"],
            text => Assert.Contains(text, shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Edit_changes_what_is_named_and_leaves_the_rest()
    {
        (await RunAsync("provider", "add", "mine", "--base-url", "http://localhost:9/v1", "--header", "x-a: 1", "--header", "x-b: 2",
            "--alias", "a=1", "--alias", "b=2", "--idle-timeout", "5s", "--keep-alive", "2s", "--retries", "3", "--note", "old", "--model", "m",
            "--query", "q=1")).Exits(0);

        var edited = (await RunAsync("provider", "edit", "mine", "--header", "X-A:", "--alias", "a=", "--alias", "c=3", "--idle-timeout", "default",
            "--retries", "default", "--note", "", "--query", "")).Exits(0);

        Assert.Contains("Idle timeout  5s → REQUEST_TIMEOUT", edited.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Base URL", edited.Output, StringComparison.Ordinal);
        var shown = (await RunAsync("provider", "show", "mine", "--json")).Json;
        AssertJson("""{"x-b":"2"}""", shown["headers"]!);
        AssertJson("""{"b":"2","c":"3"}""", shown["aliases"]!);
        Assert.Null(shown["idleTimeoutMs"]);
        Assert.Equal(2000, (double?)shown["keepAliveMs"]);
        Assert.Null(shown["retries"]);
        Assert.Null(shown["note"]);
        Assert.Null(shown["query"]);
        Assert.Equal("m", (string?)shown["defaultModel"]);
        Assert.Contains("is as it was", (await RunAsync("provider", "edit", "mine", "--retries", "default")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_built_in_provider_that_is_edited_is_left_alone_by_the_environment()
    {
        (await RunAsync("provider", "edit", "lm-studio", "--base-url", "http://localhost:4321/v1")).Exits(0);
        // To disable is not to edit.
        (await RunAsync("provider", "disable", "qwen-proxy")).Exits(0);
        await using var router = await Router.StartAsync(
            folder, ("LM_STUDIO_BASE_URL", "http://localhost:1/v1"), ("QWEN_PROXY_BASE_URL", "http://localhost:2"));

        Assert.Equal("http://localhost:4321/v1", (string?)(await RunAsync("provider", "show", "lm-studio", "--json")).Json["baseUrl"]);
        Assert.Equal("http://localhost:2/v1", (string?)(await RunAsync("provider", "show", "qwen-proxy", "--json")).Json["baseUrl"]);
    }

    [Fact]
    public async Task A_key_from_stdin_is_used_by_the_running_server_with_its_next_request()
    {
        await using var setup = await Setup.StartAsync();
        (await setup.Cli.RunWithInputAsync($"\uFEFF{Key}\r\n", "provider", "add", "keyed", "--base-url", setup.Proxy.BaseUrl, "--key-stdin")).Exits(0);
        (await setup.Cli.RunAsync("set", "keyed")).Exits(0);
        Assert.Equal($"Bearer {Key}", await SentAsync(setup, "authorization"));

        (await setup.Cli.RunAsync("provider", "edit", "keyed", "--key-header", "api-key", "--key-prefix", "Token")).Exits(0);
        Assert.Equal($"Token {Key}", await SentAsync(setup, "api-key"));

        (await setup.Cli.RunWithInputAsync("sk-other-key", "provider", "edit", "keyed", "--key-stdin", "--key-prefix", "")).Exits(0);
        Assert.Equal("sk-other-key", await SentAsync(setup, "api-key"));

        (await setup.Cli.RunAsync("provider", "edit", "keyed", "--no-key")).Exits(0);
        Assert.Null(await SentAsync(setup, "api-key"));

        (await setup.Cli.RunAsync("provider", "edit", "keyed", "--base-url", setup.Studio.BaseUrl)).Exits(0);
        using var response = await setup.ChatAsync("fake-small");
        Assert.Equal("studio", response.Headers.GetValues("x-upstream-name").Single());
    }

    [Fact]
    public async Task A_provider_that_is_in_use_is_neither_removed_nor_disabled()
    {
        (await RunAsync("set", "qwen-proxy", "--fallback", "echo,lm-studio")).Exits(0);

        var active = (await RunAsync("provider", "remove", "qwen-proxy")).Exits(1);
        Assert.Contains("qwen-proxy is active. Choose another first", active.Errors, StringComparison.Ordinal);
        var fallback = (await RunAsync("provider", "rm", "echo")).Exits(1);
        Assert.Contains("provider-cli set qwen-proxy --fallback lm-studio", fallback.Errors, StringComparison.Ordinal);
        Assert.Contains("Choose another first", (await RunAsync("provider", "disable", "qwen-proxy")).Exits(1).Errors, StringComparison.Ordinal);
        Assert.Contains("passed over", (await RunAsync("provider", "disable", "echo")).Exits(0).Errors, StringComparison.Ordinal);
        Assert.Contains("already disabled", (await RunAsync("provider", "disable", "echo")).Exits(0).Output, StringComparison.Ordinal);

        (await RunAsync("set", "lm-studio")).Exits(0);
        Assert.Equal("echo", (string?)(await RunAsync("provider", "remove", "echo", "--json")).Exits(0).Json["removed"]);
        (await RunAsync("provider", "remove", "qwen-proxy")).Exits(0);
        Assert.Equal("lm-studio qwen-direct", await NamesAsync());
        (await RunAsync("provider", "add", "echo", "--preset", "echo")).Exits(0);
        Assert.True((bool)(await RunAsync("test", "echo", "--json")).Exits(0).Json["healthy"]!);
    }

    [Fact]
    public async Task A_disabled_provider_answers_nobody_until_it_is_enabled()
    {
        await using var setup = await Setup.StartAsync();
        (await setup.Cli.RunAsync("provider", "disable", "qwen-proxy")).Exits(0);
        using (var refused = await setup.ChatAsync("fake-small", headers: ("x-router-provider", "qwen-proxy")))
        {
            Assert.Contains("provider_disabled", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        (await setup.Cli.RunAsync("provider", "enable", "qwen-proxy")).Exits(0);
        using var response = await setup.ChatAsync("fake-small", headers: ("x-router-provider", "qwen-proxy"));
        Assert.Equal("proxy", response.Headers.GetValues("x-upstream-name").Single());
    }

    [Fact]
    public async Task Of_many_changes_at_once_none_is_lost()
    {
        (await RunAsync("provider", "add", "mine", "--preset", "vllm")).Exits(0);
        var edits = Enumerable.Range(0, 8).Select(i => RunAsync("provider", "edit", "mine", "--alias", $"a{i}={i}")).ToList();
        var adds = Enumerable.Range(0, 4).Select(_ => RunAsync("provider", "add", "same", "--preset", "vllm")).ToList();

        Assert.All(await Task.WhenAll(edits), result => result.Exits(0));
        var added = await Task.WhenAll(adds);

        Assert.Equal(8, (await RunAsync("provider", "show", "mine", "--json")).Json["aliases"]!.AsObject().Count);
        Assert.Single(added, result => result.ExitCode == 0);
        Assert.All(added.Where(result => result.ExitCode != 0), result =>
            Assert.Contains("There is a provider 'same' already", result.Exits(1).Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_chooses_and_removes_at_once_the_active_provider_is_there()
    {
        for (var round = 0; round < 5; round++)
        {
            (await RunAsync("provider", "add", "mine", "--preset", "vllm")).Exits(0);
            var results = await Task.WhenAll(RunAsync("set", "mine"), RunAsync("provider", "remove", "mine"), RunAsync("set", "lm-studio", "--fallback", "mine"));

            var listed = (await RunAsync("list", "--json")).Exits(0).Json.AsArray();
            Assert.Single(listed, provider => (bool)provider!["active"]!);
            Assert.Contains(results, result => result.ExitCode == 0);
            Assert.DoesNotContain(results, result => result.ExitCode > 1);
            Assert.Equal(results[1].ExitCode == 0 ? 0 : 1, listed.Count(provider => (string?)provider!["name"] == "mine"));
            (await RunAsync("set", "lm-studio")).Exits(0);
            await RunAsync("provider", "remove", "mine");
        }
    }

    private async Task<string> NamesAsync() =>
        string.Join(' ', (await RunAsync("list", "--json")).Exits(0).Json.AsArray().Select(provider => (string?)provider!["name"]));

    /// <summary>The value of a header as the active provider receives it.</summary>
    private static async Task<string?> SentAsync(Setup setup, string header)
    {
        using var mirrored = await setup.Client.GetAsync("v1/mirror");
        var headers = JsonNode.Parse(await mirrored.Content.ReadAsStringAsync())!["headers"]!;
        return headers[header] switch { JsonArray values => (string?)values.Single(), var value => (string?)value };
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
