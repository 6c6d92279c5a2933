using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Gateway.Fallback;

/// <summary>A list of models is the active provider's own, also while others stand by.</summary>
public sealed class ModelListTests
{
    [Fact]
    public async Task The_list_of_models_is_the_active_provider_s_own_byte_for_byte()
    {
        const string list = """{"object":"list", "data":[{"id":"mine","extra":1}]}""";
        await using var setup = await FallbackSetup.StartAsync(
            (connection, _) => FaultyUpstream.SayAsync(connection, FaultyUpstream.Whole(200, list)),
            provider => provider with { DefaultModel = "other", Aliases = new Dictionary<string, string> { ["gpt-4o"] = "mine" } });

        using var answer = await setup.Router.Client.GetAsync("v1/models");

        Assert.Equal(list, await answer.Content.ReadAsStringAsync());
        Assert.Equal("lm-studio", answer.Headers.GetValues("x-router-provider").Single());
        Assert.Empty(setup.Good.Requests);
        using var named = await setup.Router.Client.GetAsync("v1/models?provider=qwen-proxy");
        var ids = JsonNode.Parse(await named.Content.ReadAsStringAsync())!["data"]!.AsArray().Select(model => (string?)model!["id"]);
        Assert.Equal(["fake-small", "fake-large"], ids);
    }
}
