using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Questions;

/// <summary><c>provider-cli history --follow</c>: what a server in another process writes is shown as it comes.</summary>
public sealed class FollowTests : IAsyncLifetime
{
    private Setup setup = null!;

    public async ValueTask InitializeAsync() => setup = await Setup.StartAsync();

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task Each_request_is_a_line_once_it_is_answered_and_none_is_there_twice()
    {
        await ChatAsync("before");
        using var process = ProgramStart.Start(BuiltPrograms.Cli, setup.Folder, ["history", "-f", "--json"]);
        Assert.Equal("before", await NextAsync(process));
        for (var i = 0; i < 20; i++)
        {
            await ChatAsync($"model-{i}");
            Assert.Equal($"model-{i}", await NextAsync(process));
        }

        Signal.Interrupt(process);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(130, process.ExitCode);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
        Assert.Empty(await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task Filters_apply_and_what_was_open_is_shown_when_it_ends()
    {
        using var slow = await setup.ChatAsync("stall", stream: true);
        using var process = ProgramStart.Start(BuiltPrograms.Cli, setup.Folder, ["history", "--follow", "--json", "--model", "*s*al*"]);
        await ChatAsync("other");
        await ChatAsync("second-seal");
        Assert.Equal("second-seal", await NextAsync(process));
        slow.Dispose();
        Assert.Equal("stall", await NextAsync(process));
        Signal.Interrupt(process);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task On_a_terminal_the_heading_comes_once()
    {
        await ChatAsync("first");
        using var screen = Screen.Start(setup.Folder, "history --follow", columns: 200);
        await screen.ReadUntilAsync("first");
        await ChatAsync("second-model-with-a-longer-name");
        await screen.ReadUntilAsync("second-model-with");
        await ChatAsync("429");
        await screen.ReadUntilAsync("Rate limit");
        await screen.TypeAsync("\u0003");
        Assert.Equal(130, await screen.EndAsync());
        Assert.Equal(2, screen.Text.Split("PROVIDER").Length);
    }

    [Fact]
    public async Task It_ends_when_nobody_reads_any_more()
    {
        await ChatAsync("first");
        foreach (var options in new[] { "-f", "-f --json", "-f --provider lm-studio" })
        {
            var result = await ProgramStart.RunAsync("/bin/bash", setup.Folder, ["-c", $"timeout 20 '{BuiltPrograms.Cli}' history {options} | head -n 1; exit ${{PIPESTATUS[0]}}"]);
            Assert.Empty(result.Exits(0).Errors);
            Assert.NotEmpty(result.Output);
        }
    }

    [Fact]
    public async Task What_comes_in_while_the_rows_before_are_looked_up_is_not_lost()
    {
        using var folder = new TestFolder();
        using var log = new PastLog(folder);
        for (var i = 0; i < 900; i++)
        {
            log.Add(TimeSpan.FromHours(1), $$"""{"prompt":"{{string.Join(' ', Enumerable.Range(i * 10_000, 8_000))}}"}""", "answer");
        }

        log.Write();
        using var process = ProgramStart.Start(BuiltPrograms.Cli, folder, ["history", "-f", "--json", "--search", "needle", "-n", "10000"]);
        var written = new List<string>();
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10)))
        {
            // Some before it looks, some while it does, some later.
            while (written.Count < 300 && await timer.WaitForNextTickAsync())
            {
                written.Add(log.Add(TimeSpan.Zero, """{"prompt":"needle"}""", "answer"));
                var open = log.AddOpen(TimeSpan.Zero, """{"prompt":"needle"}""");
                log.Write();
                log.AddAnswer(open, TimeSpan.Zero, "answer");
                written.Add(open);
                log.Write();
            }
        }

        var shown = new List<string>();
        while (shown.Count < written.Count && await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) is { } line)
        {
            var row = JsonNode.Parse(line)!;
            shown.Add((string)row["requestId"]!);
            Assert.Equal("ok", (string?)row["outcome"]);
        }

        Assert.Equal(written.Order(), shown.Order());
        Signal.Interrupt(process);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    private async Task ChatAsync(string model)
    {
        using var response = await setup.ChatAsync(model);
        _ = await response.Content.ReadAsStringAsync();
    }

    private static async Task<string?> NextAsync(System.Diagnostics.Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return (string?)JsonNode.Parse(line!)!["model"];
    }
}
