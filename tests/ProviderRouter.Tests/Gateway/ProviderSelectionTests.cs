using System.Net;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Gateway;

/// <summary>Which provider answers.</summary>
public sealed class ProviderSelectionTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task The_active_provider_answers_and_is_named()
    {
        using var response = await setup.ChatAsync("fake-small");

        Assert.Equal("lm-studio", response.Headers.GetValues("x-router-provider").Single());
        Assert.Equal("studio", response.Headers.GetValues("x-upstream-name").Single());
        Assert.Equal("lm-studio", setup.Log.Of(response)["provider"]);
    }

    [Fact]
    public async Task A_switch_from_another_process_is_seen_by_the_very_next_request()
    {
        for (var round = 0; round < 5; round++)
        {
            foreach (var (provider, upstream) in new[] { ("qwen-proxy", "proxy"), ("lm-studio", "studio") })
            {
                (await setup.Cli.RunAsync("set", provider)).Exits(0);
                using var response = await setup.ChatAsync("fake-small");

                Assert.Equal(upstream, response.Headers.GetValues("x-upstream-name").Single());
                Assert.Equal(provider, setup.Log.Of(response)["provider"]);
            }
        }
    }

    [Fact]
    public async Task A_switch_survives_a_restart()
    {
        (await setup.Cli.RunAsync("set", "qwen-proxy")).Exits(0);
        setup.Router.AskToStop();
        await setup.Router.EndAsync();

        // Where the proxy is stands in the database, too: the second start says nothing of it.
        await using var second = await Router.StartAsync(setup.Folder, ("DEFAULT_PROVIDER", "echo"));
        using var response = await second.Client.GetAsync("v1/models");

        Assert.Equal("qwen-proxy", response.Headers.GetValues("x-router-provider").Single());
        Assert.Equal("proxy", response.Headers.GetValues("x-upstream-name").Single());
    }

    [Fact]
    public async Task The_header_picks_another_provider_for_one_request()
    {
        using var chosen = await setup.ChatAsync("fake-small", headers: ("x-router-provider", "qwen-proxy"));
        using var next = await setup.ChatAsync("fake-small");

        Assert.Equal("proxy", chosen.Headers.GetValues("x-upstream-name").Single());
        Assert.Equal("qwen-proxy", setup.Log.Of(chosen)["provider"]);
        Assert.Equal("studio", next.Headers.GetValues("x-upstream-name").Single());
    }

    [Fact]
    public async Task A_list_of_models_can_name_its_provider_in_the_query()
    {
        using var response = await setup.Client.GetAsync("v1/models?provider=qwen-proxy&limit=3");

        Assert.Equal("proxy", response.Headers.GetValues("x-upstream-name").Single());
        Assert.Equal("/v1/models?limit=3", setup.Proxy.Requests.Single(request => request.RawTarget.Contains("limit", StringComparison.Ordinal)).RawTarget);
    }

    [Theory]
    [InlineData("qwen")]
    [InlineData("LM-STUDIO2")]
    public async Task An_unknown_name_is_refused_with_the_known_ones_and_is_on_record(string name)
    {
        using var response = await setup.ChatAsync("fake-small", headers: ("x-router-provider", name));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.Equal("unknown_provider", (string?)error["code"]);
        Assert.Equal("invalid_request_error", (string?)error["type"]);
        Assert.Contains("lm-studio, qwen-proxy, qwen-direct, echo", (string?)error["message"], StringComparison.Ordinal);
        var row = setup.Log.Of(response);
        Assert.Null(row["provider"]);
        Assert.Equal("rejected", row["outcome"]);
        Assert.Equal(400, row.Number("status_code"));
        Assert.Contains("Hello", row.Text("request_body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_provider_answers_nobody()
    {
        setup.Log.Execute("UPDATE providers SET enabled = 0 WHERE name = 'lm-studio'");
        using var response = await setup.ChatAsync("fake-small");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("provider_disabled", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]);
    }

    [Fact]
    public async Task An_active_provider_that_does_not_exist_is_an_error_and_nobody_else_gets_the_request()
    {
        setup.Log.Execute("UPDATE settings SET value = 'gone' WHERE key = 'active_provider'");
        using var response = await setup.ChatAsync("fake-small");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("provider-cli set", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_database_names_none_the_default_provider_answers()
    {
        await using var other = await Setup.StartAsync(("DEFAULT_PROVIDER", "qwen-proxy"));
        other.Log.Execute("DELETE FROM settings WHERE key = 'active_provider'");
        using var response = await other.ChatAsync("fake-small");

        Assert.Equal("proxy", response.Headers.GetValues("x-upstream-name").Single());
        Assert.DoesNotContain("cannot be read", other.Router.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_setting_cannot_be_read_the_default_provider_answers_and_a_warning_says_so()
    {
        await using var other = await Setup.StartAsync(("DEFAULT_PROVIDER", "qwen-proxy"));
        other.Log.Execute("DROP TABLE settings; DROP TABLE providers");
        using var response = await other.ChatAsync("fake-small");

        Assert.Equal("proxy", response.Headers.GetValues("x-upstream-name").Single());
        Assert.Equal("qwen-proxy", other.Log.Of(response)["provider"]);
        Assert.Contains("qwen-proxy answers instead", other.Router.Errors, StringComparison.Ordinal);
        Assert.Equal("qwen-proxy", (string?)JsonNode.Parse(await other.Client.GetStringAsync("health"))!["activeProvider"]);
    }

    [Fact]
    public async Task The_environment_does_not_move_a_provider_that_was_edited_by_hand()
    {
        setup.Log.Execute("UPDATE providers SET origin = 'edited', base_url = 'http://127.0.0.1:9/v1' WHERE name = 'lm-studio'");
        await using var second = await Router.StartAsync(setup.Folder, ("LM_STUDIO_BASE_URL", setup.Studio.BaseUrl));

        Assert.Equal("http://127.0.0.1:9/v1", setup.Log.Query("SELECT base_url FROM providers WHERE name = 'lm-studio'").Single()["base_url"]);
    }
}
