namespace ProviderRouter.Tests.Access;

/// <summary>A server that other machines can reach does not start open.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--host", "0.0.0.0")]
    [InlineData("--host", "::")]
    [InlineData("--host", "192.0.2.1")]
    [InlineData("--require-key")]
    public async Task Without_a_valid_key_a_server_that_asks_for_keys_does_not_start(params string[] arguments)
    {
        var cli = new Programs.Cli(folder);
        (await cli.RunAsync("key", "create", "admin", "--admin")).Exits(0);
        (await cli.RunAsync("key", "create", "old")).Exits(0);
        (await cli.RunAsync("key", "revoke", "old")).Exits(0);
        var result = await ProgramStart.RunAsync(BuiltPrograms.Router, folder, ["--port", "0", .. arguments]);

        Assert.Contains("provider-cli key create NAME", result.Exits(1).Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--allow-anonymous", null)]
    [InlineData(null, "PROVIDER_ROUTER_ALLOW_ANONYMOUS")]
    public async Task A_server_that_was_told_to_let_everybody_in_does_and_warns(string? argument, string? variable)
    {
        // Nobody listens at port 9.
        (string, string)[] variables = [("LM_STUDIO_BASE_URL", "http://127.0.0.1:9/v1"), .. variable is null ? Array.Empty<(string, string)>() : [(variable, "true")]];
        await using var router = await Router.StartAsync(folder, ["--host", "0.0.0.0", .. argument is null ? Array.Empty<string>() : [argument]], variables);
        using var response = await router.Client.GetAsync("v1/models");

        Assert.Equal(System.Net.HttpStatusCode.BadGateway, response.StatusCode);
        await router.GreetingAsync();
        await Eventually.IsAsync("it warns", () => router.Errors.Contains("whoever reaches it can use your providers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Contradictions_and_wrong_values_are_said_at_once()
    {
        var result = await ProgramStart.RunAsync(BuiltPrograms.Router, folder,
            ["--require-key", "--allow-anonymous", "--max-connections", "0"], ("PROVIDER_ROUTER_REQUIRE_KEY", "perhaps"));

        Assert.All(["contradict each other", "--max-connections is '0'", "PROVIDER_ROUTER_REQUIRE_KEY is 'perhaps'"],
            problem => Assert.Contains(problem, result.Exits(1).Errors, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("644", true)]
    [InlineData("640", true)]
    [InlineData("600", false)]
    public async Task A_database_that_others_can_read_is_warned_of(string mode, bool warned)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights of files are Unix's.");
        (await new Programs.Cli(folder).RunAsync("status")).Exits(0);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Database, (UnixFileMode)Convert.ToInt32(mode, 8));
        }

        await using var router = await Router.StartAsync(folder);
        await router.GreetingAsync();

        if (warned)
        {
            await Eventually.IsAsync("it warns", () => router.Errors.Contains($"chmod 600 {folder.Database}", StringComparison.Ordinal));
        }
        else
        {
            router.AskToStop();
            await router.EndAsync();
            Assert.DoesNotContain("chmod", router.Errors, StringComparison.Ordinal);
        }
    }
}
