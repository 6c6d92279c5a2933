namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli set NAME --fallback A,B</c>: the plan is written with the choice, and a choice without one ends it.</summary>
public sealed class FallbackTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_plan_is_stored_and_listed_in_its_order()
    {
        var set = (await RunAsync("set", "qwen-proxy", "--fallback", "Echo, lm-studio")).Exits(0);

        Assert.Contains("When it fails: echo, then lm-studio", set.Output, StringComparison.Ordinal);
        Assert.Equal("echo,lm-studio", Stored());
        var listed = (await RunAsync("list", "--json")).Json.AsArray();
        Assert.Equal([2, null, null, 1], listed.Select(provider => (int?)provider!["fallback"]));
        Assert.Equal(["none", "none", "$QWEN_API_KEY", "none"], listed.Select(provider => (string?)provider!["keySource"]));
        var lines = (await RunAsync("list")).Output.TrimEnd().Split('\n');
        Assert.Matches("^NAME +TYPE +URL +ACTIVE +ENABLED +FALLBACK +KEY$", lines[0]);
        Assert.Matches("^echo +echo +internal:echo +- +yes +1 +none$", lines[4]);
        var json = (await RunAsync("set", "qwen-proxy", "--fallback", "lm-studio", "--fallback", "echo", "--json")).Exits(0).Json;
        Assert.Equal("""["lm-studio","echo"]""", json["fallbacks"]!.ToJsonString());
        Assert.Equal("lm-studio,echo", Stored());
    }

    [Theory]
    [InlineData("set qwen-proxy")]
    [InlineData("set echo")]
    [InlineData("set lm-studio --no-fallback")]
    public async Task A_choice_without_a_plan_ends_the_one_before_and_says_so(string arguments)
    {
        (await RunAsync("set", "qwen-proxy", "--fallback", "echo,lm-studio")).Exits(0);

        var set = (await RunAsync(arguments.Split(' '))).Exits(0);

        Assert.Contains("nobody answers in its place any more; before: echo, then lm-studio", set.Output, StringComparison.Ordinal);
        Assert.Equal("", Stored());
        Assert.DoesNotContain("in its place", (await RunAsync(arguments.Split(' '))).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_problem_of_a_plan_is_said_and_nothing_is_changed()
    {
        (await RunAsync("set", "qwen-proxy", "--fallback", "echo")).Exits(0);
        (await RunAsync("provider", "disable", "qwen-direct")).Exits(0);

        var result = (await RunAsync("set", "lm-studio", "--fallback", "nobody,qwen-direct,lm-studio,echo,ECHO,sk-abcdefghijkl")).Exits(1);

        var lines = result.Errors.TrimEnd().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("There is no provider 'nobody'", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("qwen-direct is disabled", lines[1], StringComparison.Ordinal);
        Assert.Equal("lm-studio cannot answer in its own place.", lines[2].TrimEnd());
        Assert.Equal("echo is named twice.", lines[3].TrimEnd());
        Assert.StartsWith("There is no provider (not repeated here", lines[4], StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal("qwen-proxy", (string?)(await RunAsync("status", "--json")).Json["activeProvider"]);
        Assert.Equal("echo", Stored());
    }

    private string Stored() => (string)new RecordedLog(folder).Query("SELECT value FROM settings WHERE key = 'fallbacks'").Single()["value"]!;

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
