using System.Net;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Gateway;

/// <summary><c>x-router-replays</c> in a request: its record names the one that it repeats.</summary>
public sealed class ReplayHeaderTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData("fake-small", "lm-studio")]
    [InlineData("echo", "echo")]
    public async Task The_record_names_the_one_that_is_repeated_and_no_provider_sees_the_header(string model, string provider)
    {
        using var first = await setup.ChatAsync(model, headers: ("x-router-provider", provider));
        var id = first.Headers.GetValues("x-router-request-id").Single();

        using var second = await setup.ChatAsync(model, stream: true, headers: [("x-router-provider", provider), ("x-router-replays", $" {id.ToUpperInvariant()} ")]);
        _ = await second.Content.ReadAsStringAsync();

        Assert.Equal(id, setup.Log.Of(second)["replays"]);
        Assert.Null(setup.Log.Of(first)["replays"]);
        Assert.All(setup.Studio.Requests, request => Assert.DoesNotContain(request.Headers, header => header.Key.StartsWith("x-router-", StringComparison.OrdinalIgnoreCase)));
        (await setup.Cli.RunAsync("verify")).Exits(0);
    }

    [Theory]
    [InlineData("last")]
    [InlineData("")]
    [InlineData("019ab2c3")]
    [InlineData("{019ab2c3-0000-7000-8000-000000000000}")]
    [InlineData("019ab2c3000070008000000000000000")]
    [InlineData("019ab2c3-0000-7000-8000-000000000000, 019ab2c3-0000-7000-8000-000000000001")]
    public async Task What_is_no_id_is_refused_and_on_record_and_goes_to_nobody(string value)
    {
        using var response = await setup.ChatAsync("fake-small", headers: ("x-router-replays", value));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.Equal("bad_request", (string?)error["code"]);
        Assert.Contains("a UUID, whole", (string?)error["message"], StringComparison.Ordinal);
        Assert.DoesNotContain(setup.Studio.Requests, request => request.Method == "POST");
        var row = setup.Log.Of(response);
        Assert.Equal(("rejected", null, null), (row.Text("outcome"), row.Text("replays"), row.Text("provider")));
        Assert.Contains("Hello", row.Text("request_body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_of_them_are_no_id()
    {
        const string id = "019ab2c3-0000-7000-8000-000000000000";
        using var response = await setup.ChatAsync("fake-small", headers: [("x-router-replays", id), ("x-router-replays", id)]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
