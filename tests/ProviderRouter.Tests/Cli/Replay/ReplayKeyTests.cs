namespace ProviderRouter.Tests.Cli.Replay;

/// <summary><c>provider-cli replay</c> through a router that asks for keys.</summary>
public sealed class ReplayKeyTests : IAsyncLifetime
{
    private Access.ClosedRouter closed = null!;

    public async ValueTask InitializeAsync() => closed = await Access.ClosedRouter.StartAsync("--require-key");

    public ValueTask DisposeAsync() => closed.DisposeAsync();

    [Fact]
    public async Task The_key_comes_from_the_environment_or_stdin_and_without_one_it_says_so()
    {
        for (var i = 0; i < 3; i++)
        {
            (await closed.SendAsync(("authorization", $"Bearer {closed.Keys["laptop"]}"))).Dispose();
        }

        string[] command = ["replay", "-n", "3", "--to", "lm-studio", "--parallel", "1"];
        var refused = (await new Programs.Cli(closed.Folder).RunAsync(command)).Exits(1);
        Assert.Contains("PROVIDER_ROUTER_KEY", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("1 sent to lm-studio: 0 ok, 1 failed; 2 not sent.", refused.Errors, StringComparison.Ordinal);
        Assert.Single(refused.Errors.TrimEnd().Split('\n'));
        Assert.Equal(3, closed.Forwarded.Count);

        (await new Programs.Cli(closed.Folder, ("PROVIDER_ROUTER_KEY", closed.Keys["laptop"])).RunAsync(command)).Exits(0);
        (await new Programs.Cli(closed.Folder).RunWithInputAsync(closed.Keys["laptop"] + "\n", [.. command, "--key-stdin"])).Exits(0);
        Assert.Equal(9, closed.Forwarded.Count);
        Assert.DoesNotContain(closed.Forwarded, request => request.Headers.ContainsKey("authorization"));
        Assert.Equal(6, closed.Log.Query("SELECT id FROM request_logs WHERE replays IS NOT NULL AND client_key = 'laptop' AND outcome = 'ok'").Count);
    }

    [Theory]
    [InlineData("sk-of-some-provider-0123456789")]
    [InlineData("")]
    [InlineData("two words")]
    public async Task What_is_no_key_of_a_router_is_not_sent(string key)
    {
        (await closed.SendAsync(("authorization", $"Bearer {closed.Keys["laptop"]}"))).Dispose();

        var result = (await new Programs.Cli(closed.Folder).RunWithInputAsync(key, "replay", "last", "--to", "lm-studio", "--key-stdin")).Exits(1);

        Assert.Contains("provider-cli key create NAME", result.Errors, StringComparison.Ordinal);
        Assert.True(key.Length == 0 || !result.Errors.Contains(key, StringComparison.Ordinal));
        // Not even to the router: one that asks for no keys would hand it on to the provider.
        Assert.Equal(1, closed.Log.Count());
    }
}
