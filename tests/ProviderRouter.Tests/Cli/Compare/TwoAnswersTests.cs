namespace ProviderRouter.Tests.Cli.Compare;

/// <summary><c>provider-cli compare ID ID</c></summary>
public sealed class TwoAnswersTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Theory]
    [InlineData("same 1", "same", true, true)]
    [InlineData("own 1", "different", false, true)]
    [InlineData("tools 1", "same", true, true)]
    [InlineData("words 1", "sameToolCalls", false, true)]
    [InlineData("fails 1", "notCompared", false, true)]
    public async Task Text_and_tool_calls_are_compared_each_in_its_way_streamed_or_not(string say, string verdict, bool sameText, bool sameToolCalls)
    {
        var (left, right) = (await setup.SendToAsync("lm-studio", "known", say: say), await setup.SendToAsync("qwen-proxy", "known", stream: true, say));

        var report = (await setup.Cli.RunAsync("compare", left, right[..^2], "--json")).Exits(0).Json;

        Assert.Equal((verdict, sameText, sameToolCalls), ((string)report["verdict"]!, (bool)report["sameText"]!, (bool)report["sameToolCalls"]!));
        Assert.Empty(report["requestsDifferIn"]!.AsArray());
        Assert.Equal((left, right), ((string)report["left"]!["requestId"]!, (string)report["right"]!["requestId"]!));
        Assert.Equal("lm-studio", (string)report["left"]!["provider"]!);
        Assert.Equal((string)report["left"]!["text"]!, string.Concat(report["diff"]!.AsArray().Where(piece => (string)piece!["kind"]! != "added").Select(piece => (string)piece!["text"]!)));
        Assert.Equal((string)report["right"]!["text"]!, string.Concat(report["diff"]!.AsArray().Where(piece => (string)piece!["kind"]! != "removed").Select(piece => (string)piece!["text"]!)));
    }

    [Fact]
    public async Task Other_calls_are_other_and_a_call_that_is_missing_too()
    {
        var (left, right) = (await setup.SendToAsync("lm-studio", "tools"), await setup.SendToAsync("qwen-proxy", "known", say: "tools 1"));

        var result = (await setup.Cli.RunAsync("compare", left, right)).Exits(0);

        Assert.Contains("""= get_weather({"city":"Zürich","unit":"celsius"})""", result.Output, StringComparison.Ordinal);
        Assert.Contains("- get_time(", result.Output, StringComparison.Ordinal);
        Assert.Contains("! The requests differ in messages.", result.Output, StringComparison.Ordinal);
        Assert.Contains("Neither says anything in words.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Into_a_pipe_go_marks_and_no_colours_and_nothing_that_a_terminal_would_obey()
    {
        var left = await setup.SendToAsync("lm-studio", "fake-small", say: @"we drink tea\n我喜欢猫\nthe end \u001b[31m");
        var right = await setup.SendToAsync("lm-studio", "fake-small", say: @"we drink coffee\n我喜欢狗\nthe end \u001b[31m");

        var lines = (await setup.Cli.RunAsync("compare", left, right)).Exits(0).Output.TrimEnd().Split('\n');

        Assert.Equal(["studio says: we drink [-tea-]{+coffee+}", "我喜欢[-猫-]{+狗+}", "the end ␛[31m"], lines[^3..]);
        Assert.Contains(lines, line => line.StartsWith("Tokens of the answer", StringComparison.Ordinal) && line.EndsWith(" 7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Into_a_pipe_a_line_is_never_broken_and_a_long_one_takes_little_memory()
    {
        var words = string.Concat(Enumerable.Range(0, 400_000).Select(i => $"word{i % 9} "));
        var left = await setup.SendToAsync("lm-studio", "fake-small", say: words);
        var right = await setup.SendToAsync("qwen-proxy", "fake-small", say: words);
        var peak = 0L;

        using var compare = ProgramStart.Start(BuiltPrograms.Cli, setup.Folder, ["compare", left, right]);
        var errors = compare.StandardError.ReadToEndAsync();
        var output = new List<string>();
        while (await compare.StandardOutput.ReadLineAsync() is { } line)
        {
            compare.Refresh();
            peak = compare.HasExited ? peak : Math.Max(peak, compare.PeakWorkingSet64);
            output.Add(line);
        }

        await compare.WaitForExitAsync();
        Assert.Equal((0, ""), (compare.ExitCode, await errors));
        Assert.Contains($"[-studio says: {words}-]{{+proxy says: {words}+}}", output);
        Assert.InRange(peak, 1, 400 << 20);
    }

    [Theory]
    [InlineData(80, false)]
    [InlineData(200, true)]
    public async Task On_a_wide_terminal_they_stand_side_by_side_and_on_no_terminal_is_a_line_too_long(int columns, bool sideBySide)
    {
        var common = string.Concat(Enumerable.Repeat("共同的文字，", 30));
        var left = await setup.SendToAsync("lm-studio", "fake-small", say: $@"{common}\n喜欢猫 and 😀 cats\nlast line");
        var right = await setup.SendToAsync("lm-studio", "fake-small", say: $@"{common}\n喜欢狗 and 😀 dogs\n\tmore\nlast line");

        using var screen = Screen.Start(setup.Folder, $"compare {left} {right}", columns, terminal: "xterm-256color");
        Assert.Equal(0, await screen.EndAsync());
        var lines = ScreenLines.Of(screen);
        Assert.All(lines, line => Assert.True(ScreenLines.Width(line) <= columns, line));
        Assert.Equal(sideBySide, lines.Any(line => line.Contains("last line", StringComparison.Ordinal) && line.Count(letter => letter == '│') == 1 && line.TrimEnd().EndsWith("last line", StringComparison.Ordinal)));
        Assert.Contains("\e[", screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[-", screen.Text, StringComparison.Ordinal);

        using var plain = Screen.Start(setup.Folder, $"compare {left} {right}", columns, terminal: "dumb");
        Assert.Equal(0, await plain.EndAsync());
        Assert.DoesNotContain("\e[", plain.Text, StringComparison.Ordinal);
        Assert.Contains("[-猫-]", plain.Text, StringComparison.Ordinal);
        Assert.Contains("{+dogs", plain.Text, StringComparison.Ordinal);
        Assert.All(ScreenLines.Of(plain), line => Assert.True(ScreenLines.Width(line) <= columns, line));
    }

    [Fact]
    public async Task Very_long_texts_are_compared_by_lines_and_it_says_so()
    {
        var words = string.Concat(Enumerable.Range(0, 30_000).Select(i => $"w{i}{(i % 10 == 9 ? "\\n" : " ")}"));
        var left = await setup.SendToAsync("lm-studio", "fake-small", say: words);
        var right = await setup.SendToAsync("lm-studio", "fake-small", say: words.Replace(" w15002 ", " changed ", StringComparison.Ordinal));

        var result = (await setup.Cli.RunAsync("compare", left, right)).Exits(0);

        Assert.Contains("lines are compared", result.Output, StringComparison.Ordinal);
        Assert.Contains("{+w15000 w15001 changed w15003", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_or_never_was_answered_can_still_be_looked_at()
    {
        var (left, right) = (await setup.SendToAsync("lm-studio", "429"), await setup.SendToAsync("lm-studio", "fake-small"));

        var result = (await setup.Cli.RunAsync("compare", left, right)).Exits(0);

        Assert.Contains("429 upstream_error", result.Output, StringComparison.Ordinal);
        Assert.Contains("[-Rate", result.Output, StringComparison.Ordinal);
        Assert.Equal("notCompared", (string)(await setup.Cli.RunAsync("compare", left, right, "--json")).Exits(0).Json["verdict"]!);
        Assert.Equal("same", (string)(await setup.Cli.RunAsync("compare", right, right, "--json")).Exits(0).Json["verdict"]!);
    }
}
