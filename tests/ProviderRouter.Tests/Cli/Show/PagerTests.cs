namespace ProviderRouter.Tests.Cli.Show;

/// <summary>On a terminal a long text goes through a pager; nowhere else.</summary>
public sealed class PagerTests : IDisposable
{
    private readonly TestFolder folder = new();

    public PagerTests()
    {
        using var past = new PastLog(folder);
        past.Add(TimeSpan.FromDays(1), $$"""{"messages":[{"role":"user","content":"{{string.Concat(Enumerable.Repeat("line\\n", 20_000))}}the end"}]}""");
    }

    public void Dispose() => folder.Dispose();

    private string Seen => Path.Combine(folder.Path, "seen");

    [Theory]
    [InlineData("pager")]
    [InlineData("pager with words")]
    [InlineData("LESS= pager | cat")]
    public async Task What_PAGER_names_is_given_all_of_it_with_its_colours(string pager)
    {
        var screen = await Shown.OnScreenAsync(folder, "show last", pager: Script(pager, $"cat > '{Seen}'; echo \"LESS=$LESS\" >> '{Seen}'; echo paged"));

        Assert.Equal("paged\n", screen);
        var seen = await File.ReadAllTextAsync(Seen);
        Assert.Contains("\e[1muser\e[0m", seen, StringComparison.Ordinal);
        Assert.Contains("the end", seen, StringComparison.Ordinal);
        Assert.EndsWith(pager.StartsWith("LESS", StringComparison.Ordinal) ? "LESS=\n" : "LESS=FRX\n", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show last --no-pager", "pager")]
    [InlineData("show last --json", "pager")]
    [InlineData("show last --raw request", "pager")]
    [InlineData("show last --curl", "pager")]
    [InlineData("show last", "")]
    [InlineData("show last", "cat")]
    [InlineData("show last", "/no/such/pager -x")]
    [InlineData("show last", "/no/such/pager; exit 127")]
    public async Task Without_one_it_is_printed(string command, string pager)
    {
        var screen = await Shown.OnScreenAsync(folder, command, pager: pager == "pager" ? Script(pager, $"cat > '{Seen}'") : pager);
        Assert.Matches(command.EndsWith("--curl", StringComparison.Ordinal) ? "data-binary|data-raw" : "the end", screen);
        Assert.False(File.Exists(Seen));
    }

    [Fact]
    public async Task Into_a_pipe_it_is_printed()
    {
        var output = (await new Programs.Cli(folder, ("PAGER", Script("pager", $"cat > '{Seen}'"))).RunAsync("show", "last")).Exits(0).Output;
        Assert.Contains("the end", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Seen));
    }

    [Fact]
    public async Task To_leave_it_early_is_no_failure() =>
        Assert.Equal("left\n", await Shown.OnScreenAsync(folder, "show last", pager: Script("pager", "exec 0<&-; echo left; exit 1")));

    [Fact]
    public async Task Less_is_the_usual_one_and_Ctrl_C_is_its_own()
    {
        using var screen = Screen.Start(folder, "show last", rows: 10);
        await screen.ReadUntilAsync("line");
        await screen.TypeAsync("G");
        await screen.ReadUntilAsync("the end");
        await screen.TypeAsync("\u0003");
        // The terminal forgets what was typed around Ctrl+C.
        var end = screen.EndAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!end.IsCompleted)
        {
            await screen.TypeAsync("q");
            await Task.WhenAny(end, timer.WaitForNextTickAsync().AsTask());
        }

        Assert.Equal(0, await end);
    }

    /// <summary>A command that runs this script in the place of the word pager.</summary>
    private string Script(string pager, string text)
    {
        var path = Path.Combine(folder.Path, "pager");
        File.WriteAllText(path, text + "\n");
        return pager.Replace("pager", $"/bin/sh {path}", StringComparison.Ordinal);
    }
}
