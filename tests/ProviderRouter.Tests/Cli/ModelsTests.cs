using System.Text.Json.Nodes;
using FakeUpstream;

namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli models</c>: what can be asked for, and by which names.</summary>
public sealed class ModelsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_active_provider_s_models_are_listed_with_the_default_and_the_aliases()
    {
        await using var upstream = await FakeUpstreamServer.StartAsync("studio");
        await EditAsync("lm-studio", upstream.BaseUrl, "--model", "fake-large", "--alias", "gpt-4o=fake-large", "--alias", "gpt-4=fake-large", "--alias", "old=gone");

        var lines = (await RunAsync("models")).Exits(0).Output.TrimEnd().Split('\n');

        Assert.Matches("^PROVIDER +MODEL +DEFAULT +LISTED +ALIASES$", lines[0]);
        Assert.Matches("^lm-studio +fake-small +- +yes +-$", lines[1]);
        Assert.Matches("^lm-studio +fake-large +default +yes +gpt-4 → fake-large, gpt-4o → fake-large$", lines[2]);
        Assert.Matches("^lm-studio +gone +- +no +old → gone$", lines[3]);
        Assert.Equal(4, lines.Length);
        AssertJson(
            """
            [{"provider":"lm-studio","model":"fake-small","aliases":[],"default":false,"listed":true},
             {"provider":"lm-studio","model":"fake-large","aliases":["gpt-4","gpt-4o"],"default":true,"listed":true},
             {"provider":"lm-studio","model":"gone","aliases":["old"],"default":false,"listed":false}]
            """,
            (await RunAsync("models", "LM-Studio", "--json")).Exits(0).Json);
    }

    [Fact]
    public async Task On_a_terminal_an_alias_has_a_row_of_its_own()
    {
        await using var upstream = await FakeUpstreamServer.StartAsync("studio");
        await EditAsync("lm-studio", upstream.BaseUrl, "--model", "fake-large", "--alias", "gpt-4o=fake-small");
        using var screen = Screen.Start(folder, "models", columns: 50, terminal: "dumb");

        Assert.Equal(0, await screen.EndAsync());
        Assert.Matches(@"lm-studio +fake-small\r\n +lm-studio +gpt-4o → fake-small +alias\r\n● +lm-studio +fake-large +default\r\n", screen.Text);
    }

    [Fact]
    public async Task Of_all_enabled_ones_those_that_fail_are_said_and_the_others_are_listed()
    {
        await using var studio = await FakeUpstreamServer.StartAsync("studio");
        await using var unused = await FakeUpstreamServer.StartAsync("unused");
        await EditAsync("lm-studio", studio.BaseUrl);
        await EditAsync("qwen-proxy", "http://127.0.0.1:9/v1", "--alias", "a=b");
        await EditAsync("qwen-direct", unused.BaseUrl);
        (await RunAsync("provider", "disable", "qwen-direct")).Exits(0);

        var result = (await RunAsync("models", "--all", "--json")).Exits(1);

        Assert.Equal(
            ["lm-studio fake-small", "lm-studio fake-large", "echo echo"],
            result.Json.AsArray().Select(model => $"{model!["provider"]} {model["model"]}"));
        Assert.StartsWith("qwen-proxy cannot be reached", Assert.Single(result.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(unused.Requests);
        Assert.Equal(4, (await RunAsync("models", "--all")).Exits(1).Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task One_that_fails_or_is_not_known_is_an_error_and_nothing_is_listed()
    {
        await EditAsync("lm-studio", "http://127.0.0.1:9/v1");

        var failed = (await RunAsync("models")).Exits(1);
        Assert.Empty(failed.Output);
        Assert.Contains("nothing listens at 127.0.0.1:9", failed.Errors, StringComparison.Ordinal);
        Assert.Equal("[]", (await RunAsync("models", "--json")).Exits(1).Json.ToJsonString());
        Assert.Contains("Did you mean echo?", (await RunAsync("models", "echoo")).Exits(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_provider_calls_its_models_is_safe_to_print()
    {
        await using var upstream = new FaultyUpstream((connection, _) => FaultyUpstream.SayAsync(
            connection, FaultyUpstream.Whole(200, """{"data":[{"id":"a\u001b[31mb"},{"id":"a\u001b[31mb"},{"id":7},{}]}""")));
        await EditAsync("lm-studio", upstream.BaseUrl);

        var lines = (await RunAsync("models")).Exits(0).Output.TrimEnd().Split('\n');
        Assert.Matches("^lm-studio +a␛\\[31mb +- +yes +-$", Assert.Single(lines[1..]));
    }

    [Fact]
    public async Task An_empty_list_is_said()
    {
        await using var upstream = new FaultyUpstream((connection, _) => FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(200, """{"data":[]}""")));
        await EditAsync("lm-studio", upstream.BaseUrl);

        var result = (await RunAsync("models")).Exits(0);
        Assert.Empty(result.Output);
        Assert.Equal("lm-studio lists no model.", result.Errors.TrimEnd());
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());

    private async Task EditAsync(string name, string url, params string[] more) =>
        (await RunAsync(["provider", "edit", name, "--base-url", url, .. more])).Exits(0);

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
