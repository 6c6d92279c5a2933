using System.Text.RegularExpressions;

namespace ProviderRouter.Tests.Questions;

/// <summary><c>provider-cli history</c> where people see it: terminals, pipes, and other programs behind them.</summary>
public sealed partial class HistoryScreenTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync()
    {
        setup = await Setup.StartAsync();
        foreach (var (model, say) in new[]
        {
            ("fake-small", "为什么天空是蓝色的？请用简单的话解释一下，谢谢。为什么天空是蓝色的？请用简单的话解释一下"), ("fake-large", "👩‍👩‍👧‍👦 family and 🇩🇪 flag 🦊🦊🦊 tell me a story about them, a long one, please"),
            ("tools", "\\u001b[31mred\\u001b[0m \\u0007bell \\u202Eright to left"), ("429", "plain"),
        })
        {
            using var response = await setup.ChatAsync(model, say: say);
            _ = await response.Content.ReadAsStringAsync();
        }
    }

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    [InlineData(60)]
    public async Task No_line_is_wider_than_the_terminal_and_all_are_there(int columns)
    {
        var screen = await ShowAsync("history", columns);
        var lines = Plain(screen).TrimEnd().Split('\n');

        Assert.All(lines, line => Assert.True(WidthOf(line) <= columns, $"{WidthOf(line)}: {line}"));
        // The heading, four requests, and below one of them why it failed.
        Assert.Equal(6, lines.Length);
        Assert.Contains("fake-small", lines[^1], StringComparison.Ordinal);
        Assert.Equal(columns >= 80, lines[0].Contains("PROMPT", StringComparison.Ordinal));
        Assert.Equal(columns >= 200, lines[0].Contains("TOK/S", StringComparison.Ordinal));
        Assert.Equal(columns >= 80, lines[^1].Contains("为什么", StringComparison.Ordinal));
        if (columns == 200)
        {
            Assert.Contains("为什么天空是蓝色的？请用简单的话解释一下", lines[^1], StringComparison.Ordinal);
            Assert.Contains("🦊🦊🦊 tell me", lines[^2], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_said_cannot_speak_to_the_terminal()
    {
        var screen = await ShowAsync("history", 200);
        Assert.DoesNotContain("\e[31mred", screen, StringComparison.Ordinal);
        Assert.DoesNotContain('\a', screen);
        Assert.DoesNotContain('\u202E', screen);
        Assert.Contains("␛[31mred", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Colours_are_there_unless_they_are_not_wanted()
    {
        Assert.Matches(Colour(), await ShowAsync("history", 80));
        Assert.DoesNotMatch(Colour(), await ShowAsync("history", 80, "NO_COLOR=1 "));
        Assert.DoesNotContain('\e', (await setup.Cli.RunAsync("history")).Output);
    }

    [Fact]
    public async Task What_was_found_is_set_apart()
    {
        var screen = await ShowAsync("history --search 天空", 80);
        Assert.Matches("为什么\e\\[[0-9;]*m.*天空.*\e", screen.Replace("\e[0m", "", StringComparison.Ordinal));
        Assert.Contains("天空", Plain(await ShowAsync("history --search 天空", 80, "NO_COLOR=1 ")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_programs_can_read_it()
    {
        var head = await ShellAsync($"'{BuiltPrograms.Cli}' history | head -n 1");
        Assert.StartsWith("TIME", head.Exits(0).Output, StringComparison.Ordinal);
        Assert.Empty(head.Errors);
        // The reader is gone before it is written: no complaint.
        Assert.Empty((await ShellAsync($"'{BuiltPrograms.Cli}' history --json | head -c 1 > /dev/null; echo ${{PIPESTATUS[0]}}")).Errors);
        Assert.Equal("4\n", (await ShellAsync($"'{BuiltPrograms.Cli}' history --json | jq length")).Exits(0).Output);
        Assert.Equal("plain\n", (await ShellAsync($"'{BuiltPrograms.Cli}' history --json | jq -r '.[0].prompt'")).Exits(0).Output);
        Assert.Equal("429\n", (await ShellAsync($"'{BuiltPrograms.Cli}' history | awk 'NR == 2 {{ print $6 }}'")).Exits(0).Output);
    }

    private Task<ProgramResult> ShellAsync(string command) => ProgramStart.RunAsync("/bin/bash", setup.Folder, ["-c", command]);

    private async Task<string> ShowAsync(string command, int columns, string environment = "")
    {
        var line = $"stty cols {columns} rows 50; {environment}TERM=xterm-256color exec '{BuiltPrograms.Cli}' {command}";
        if (environment.Length > 0)
        {
            line = $"stty cols {columns} rows 50; export {environment}; TERM=xterm-256color exec '{BuiltPrograms.Cli}' {command}";
        }

        return (await ProgramStart.RunAsync("/usr/bin/script", setup.Folder, ["-qec", line, "/dev/null"])).Exits(0).Output.Replace("\r", "", StringComparison.Ordinal);
    }

    private static string Plain(string screen) => Escapes().Replace(screen, "");

    /// <summary>Columns as a terminal counts them, for the characters that this test uses.</summary>
    private static int WidthOf(string line) => line.EnumerateRunes().Sum(rune =>
        rune.Value is >= 0x2E80 and <= 0x9FFF or >= 0xFF00 and <= 0xFF60 or >= 0x1F300 and <= 0x1FAFF ? 2 : rune.Value is 0x200D or 0xFE0F ? 0 : 1);

    [GeneratedRegex("\e(\\[[0-9;?]*[a-zA-Z]|[=>])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Escapes();

    [GeneratedRegex("\e\\[[0-9;]*3[0-9]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Colour();
}
