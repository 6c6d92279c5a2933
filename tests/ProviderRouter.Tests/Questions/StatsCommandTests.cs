using System.Text.RegularExpressions;

namespace ProviderRouter.Tests.Questions;

/// <summary><c>provider-cli stats</c> after real traffic.</summary>
public sealed partial class StatsCommandTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync()
    {
        setup = await Setup.StartAsync();
        foreach (var (model, provider) in new[] { ("fake-small", "lm-studio"), ("fake-small", "qwen-proxy"), ("429", "lm-studio"), ("fake-large", "lm-studio"), ("x", "nobody") })
        {
            using var response = await setup.ChatAsync(model, headers: ("x-router-provider", provider));
            _ = await response.Content.ReadAsStringAsync();
        }
    }

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData("provider", "lm-studio:3 qwen-proxy:1 -:1")]
    [InlineData("model", "fake-small:2 429:1 fake-large:1 x:1")]
    [InlineData("STATUS", "200:3 400:1 429:1")]
    [InlineData("endpoint", "/v1/chat/completions:5")]
    [InlineData("key", "-:5")]
    public async Task Groups(string by, string expected)
    {
        var stats = (await setup.Cli.RunAsync("stats", "--by", by, "--json")).Exits(0).Json;
        Assert.Equal(expected.Split(' ').Order(), stats["groups"]!.AsArray().Select(group => $"{(string?)group!["key"] ?? "-"}:{(long)group["count"]!}").Order());
        Assert.Equal(5, (long)stats["total"]!);
        Assert.Equal(2, (long)stats["overall"]!["errors"]!);
        Assert.Equal(0.4, (double)stats["overall"]!["errorRate"]!);
        Assert.Equal((1L, 1L, 3L), ((long)stats["overall"]!["outcomes"]!["rejected"]!, (long)stats["overall"]!["outcomes"]!["upstream_error"]!, (long)stats["overall"]!["outcomes"]!["ok"]!));
        Assert.Equal(by == "provider", stats["byProvider"] is not null);
    }

    [Fact]
    public async Task Hours_and_days_are_local_ones()
    {
        var cli = new Programs.Cli(setup.Folder, ("TZ", "Asia/Kolkata"));
        var now = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(5.5));
        var hour = (await cli.RunAsync("stats", "--by", "hour", "--json")).Exits(0).Json["groups"]!.AsArray();
        Assert.All(hour, group => Assert.EndsWith("+05:30", (string?)group!["key"], StringComparison.Ordinal));
        Assert.Equal(5, hour.Sum(group => (long)group!["count"]!));
        var days = (await cli.RunAsync("stats", "--by", "day", "--json")).Exits(0).Json["groups"]!.AsArray();
        Assert.InRange(DateTime.Parse((string)days[^1]!["key"]!, System.Globalization.CultureInfo.InvariantCulture), now.Date.AddDays(-1), now.Date);
    }

    [Fact]
    public async Task Where_no_tokens_were_reported_there_is_a_dash_and_not_a_zero()
    {
        var stats = (await setup.Cli.RunAsync("stats", "--by", "model", "--json")).Exits(0).Json;
        var rows = (await setup.Cli.RunAsync("stats", "--by", "model")).Exits(0).Output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(row => row.Length > 0);
        var tokens = rows.ToDictionary(row => row[0], row => row[^4..]);

        Assert.Equal(3, (long)stats["overall"]!["withTokens"]!);
        Assert.All(stats["groups"]!.AsArray(), group => Assert.Equal((string?)group!["key"] is "429" or "x" ? 0 : (long)group["count"]!, (long)group["withTokens"]!));
        Assert.Equal(["-", "-", "-", "-"], tokens["429"]);
        Assert.DoesNotContain("-", tokens["fake-large"]);
    }

    [Fact]
    public async Task Filters_apply()
    {
        Assert.Equal(2, (long)(await setup.Cli.RunAsync("stats", "--model", "fake-small", "--json")).Exits(0).Json["total"]!);
        Assert.Equal(1, (long)(await setup.Cli.RunAsync("stats", "--model", "fake-small", "--provider", "qwen-proxy", "--json")).Exits(0).Json["total"]!);
        Assert.Equal(0, (long)(await setup.Cli.RunAsync("stats", "--until", "yesterday", "--json")).Exits(0).Json["total"]!);
        Assert.Equal(5, (long)(await setup.Cli.RunAsync("stats", "--search", "Hello", "--json")).Exits(0).Json["total"]!);
        Assert.Contains("--by takes", (await setup.Cli.RunAsync("stats", "--by", "moon")).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("--by takes", (await setup.Cli.RunAsync("stats", "--by", "2")).Exits(2).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public async Task A_terminal_gets_bars_that_fit(int columns)
    {
        var line = $"stty cols {columns} rows 50; TERM=xterm-256color exec '{BuiltPrograms.Cli}' stats --by model";
        var screen = (await ProgramStart.RunAsync("/usr/bin/script", setup.Folder, ["-qec", line, "/dev/null"])).Exits(0).Output;
        var lines = Escapes().Replace(screen, "").Replace("\r", "", StringComparison.Ordinal).TrimEnd().Split('\n');

        Assert.All(lines, shown => Assert.True(shown.Length <= columns, shown));
        Assert.Contains("██████████", lines.Single(shown => shown.StartsWith("fake-small", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("█████ ", lines.Single(shown => shown.StartsWith("fake-large", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("P95", lines[0], StringComparison.Ordinal);
        Assert.Contains("Not ok:", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_curve_over_the_days_has_those_without_a_request_too()
    {
        using var folder = new TestFolder();
        using (var past = new PastLog(folder))
        {
            foreach (var age in new[] { 6.0, 6, 6, 6, 3, 0 })
            {
                past.Add(TimeSpan.FromDays(age), "{}");
            }
        }

        var line = $"stty cols 100 rows 50; TERM=xterm-256color exec '{BuiltPrograms.Cli}' stats --by day";
        var screen = (await ProgramStart.RunAsync("/usr/bin/script", folder, ["-qec", line, "/dev/null"])).Exits(0).Output;
        Assert.Contains("7 days", screen, StringComparison.Ordinal);
        Assert.Contains("█  ▂  ▂", screen, StringComparison.Ordinal);
    }

    [GeneratedRegex("\e(\\[[0-9;?]*[a-zA-Z]|[=>])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Escapes();
}
