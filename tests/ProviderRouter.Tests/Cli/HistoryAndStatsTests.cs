using System.Diagnostics;

namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli history</c> and <c>stats</c>, after real traffic.</summary>
public sealed class HistoryAndStatsTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync()
    {
        setup = await Setup.StartAsync();
        foreach (var (model, stream, provider) in new[]
        {
            ("fake-small", false, "lm-studio"), ("tools", true, "lm-studio"), ("429", false, "lm-studio"),
            ("漢字-model-😀", false, "qwen-proxy"), ("x", false, "no-such-provider"),
        })
        {
            using var response = await setup.ChatAsync(model, stream, headers: ("x-router-provider", provider));
            _ = await response.Content.ReadAsStringAsync();
        }
    }

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task History_lists_the_newest_first_with_the_fields_that_scripts_use()
    {
        var entries = (await setup.Cli.RunAsync("history", "--json")).Exits(0).Json.AsArray();

        Assert.Equal(["x", "漢字-model-😀", "429", "tools", "fake-small"], entries.Select(entry => (string?)entry!["model"]));
        Assert.Equal([null, "qwen-proxy", "lm-studio", "lm-studio", "lm-studio"], entries.Select(entry => (string?)entry!["provider"]));
        Assert.Equal([400, 200, 429, 200, 200], entries.Select(entry => (int)entry!["statusCode"]!));
        Assert.Equal([false, false, false, true, false], entries.Select(entry => (bool)entry!["stream"]!));
        Assert.Equal([true, false, true, false, false], entries.Select(entry => entry!["error"] is not null));
        Assert.All(entries, entry =>
        {
            Assert.Equal("/v1/chat/completions", (string?)entry!["endpoint"]);
            Assert.Equal("POST", (string?)entry["method"]);
            Assert.True((double)entry["durationMs"]! > 0);
            Assert.EndsWith("Z", (string?)entry["createdAt"], StringComparison.Ordinal);
            Assert.InRange(DateTimeOffset.Parse((string)entry["createdAt"]!), TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow());
            Assert.True(Guid.TryParse((string?)entry["requestId"], out _));
        });
    }

    [Fact]
    public async Task History_takes_a_limit_and_a_provider()
    {
        Assert.Equal(2, (await setup.Cli.RunAsync("history", "-l", "2", "--json")).Exits(0).Json.AsArray().Count);
        Assert.Equal(3, (await setup.Cli.RunAsync("history", "-p", "lm-studio", "--json")).Exits(0).Json.AsArray().Count);
        Assert.Single((await setup.Cli.RunAsync("history", "--provider", "lm-studio", "--limit", "1", "--json")).Exits(0).Json.AsArray());
        Assert.Empty((await setup.Cli.RunAsync("history", "--provider", "echo", "--json")).Exits(0).Json.AsArray());
    }

    [Fact]
    public async Task Stats_counts_per_provider()
    {
        var stats = (await setup.Cli.RunAsync("stats", "--json")).Exits(0).Json;

        Assert.Equal(5, (int)stats["total"]!);
        var studio = stats["byProvider"]!.AsArray().Single(row => (string?)row!["provider"] == "lm-studio")!;
        Assert.Equal(3, (int)studio["count"]!);
        Assert.Equal(1, (int)studio["errors"]!);
        var durations = setup.Log.Query("SELECT duration_ms FROM request_logs WHERE provider = 'lm-studio' ORDER BY 1").Select(row => (double)row["duration_ms"]!).ToList();
        Assert.Equal(durations.Average(), (double)studio["avgDurationMs"]!, precision: 2);
        Assert.Equal(durations[1], (double)studio["p50DurationMs"]!, precision: 2);
        Assert.Equal(durations[2], (double)studio["p95DurationMs"]!, precision: 2);
        Assert.Equal(1, (int)stats["byProvider"]!.AsArray().Single(row => row!["provider"] is null)!["errors"]!);
    }

    [Fact]
    public async Task Into_a_pipe_go_plain_lines_without_colour()
    {
        foreach (var command in new[] { "history", "stats", "list", "status" })
        {
            var output = (await setup.Cli.RunAsync(command)).Exits(0).Output;
            Assert.DoesNotContain('\e', output);
            Assert.All(output.TrimEnd('\n').Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
        }

        var lines = (await setup.Cli.RunAsync("history")).Output.TrimEnd().Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.Contains("429: Rate limit reached. Please try again in 7s.", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_s_name_cannot_send_escape_sequences_to_a_terminal()
    {
        using var response = await setup.ChatAsync("\\u001b[31mred\\u0007");
        Assert.DoesNotContain('\e', (await setup.Cli.RunAsync("history")).Exits(0).Output);
        Assert.DoesNotContain('\a', (await setup.Cli.RunAsync("history")).Exits(0).Output);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public async Task At_a_terminal_no_line_is_wider_than_it(int columns)
    {
        foreach (var command in new[] { "history", "stats", "list", "status" })
        {
            var screen = await AtTerminalAsync(command, columns);
            Assert.Contains("lm-studio"[..6], screen, StringComparison.Ordinal);
            Assert.All(screen.Split('\n'), line => Assert.True(WidthOf(line) <= columns, $"{WidthOf(line)} columns: {line}"));
        }
    }

    /// <summary>Runs it in a terminal of its own (util-linux <c>script</c>) and takes the escape sequences out.</summary>
    private async Task<string> AtTerminalAsync(string command, int columns)
    {
        var line = $"stty cols {columns} rows 50; TERM=xterm-256color exec '{BuiltPrograms.Cli}' {command}";
        var result = await ProgramStart.RunAsync("/usr/bin/script", setup.Folder, ["-qec", line, "/dev/null"]);
        return System.Text.RegularExpressions.Regex.Replace(result.Output, "\e(\\[[0-9;?]*[a-zA-Z]|[=>])", "", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
            .Replace("\r", "", StringComparison.Ordinal);
    }

    /// <summary>Columns as a terminal counts them, for the characters that this test uses.</summary>
    private static int WidthOf(string line) => line.EnumerateRunes().Sum(rune => rune.Value is >= 0x2E80 and <= 0x9FFF or >= 0x1F300 ? 2 : 1);
}
