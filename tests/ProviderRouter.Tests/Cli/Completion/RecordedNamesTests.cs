namespace ProviderRouter.Tests.Cli.Completion;

/// <summary>What is completed from the log.</summary>
public sealed class RecordedNamesTests
{
    [Fact]
    public async Task The_last_requests_recent_models_and_paths_are_offered_while_the_server_runs()
    {
        await using var setup = await Setup.StartAsync();
        for (var count = 0; count < 22; count++)
        {
            (await setup.ChatAsync("qwen3:8b")).Dispose();
        }

        (await setup.ChatAsync("text")).Dispose();
        await setup.Log.WaitForAsync("text");
        var rows = setup.Log.Query("SELECT request_id FROM request_logs ORDER BY id DESC");

        var requests = await AnswersAsync(setup, "", "history", "--before-id");
        Assert.Equal("last\tthe latest request", requests[0]);
        Assert.Equal(rows.Take(20).Select(row => row.Text("request_id")!), requests.Skip(1).Select(answer => answer.Split('\t')[0]));
        Assert.Matches(@"\t\d\d:\d\d:\d\d, text, lm-studio, ok$", requests[1]);
        Assert.Equal(["qwen3:8b", "text", "echo"], await AnswersAsync(setup, "", "history", "--model"));
        Assert.Equal(["--model=qwen3:8b"], await AnswersAsync(setup, "--model=q", "history"));
        Assert.Contains("/v1/chat/completions", await AnswersAsync(setup, "", "history", "--endpoint"));
        Assert.Equal("8b\n", (await setup.Cli.RunAsync("completion", "candidates", "--", "bash", "provider-cli history --model qwen3:8", "8")).Output);
    }

    [Fact]
    public async Task What_a_client_sent_never_becomes_a_command_an_option_or_a_letter_that_terminals_obey()
    {
        await using var setup = await Setup.StartAsync();
        foreach (var model in new[] { "$(touch${IFS}here)", "a b", "`reboot`", "--data=/tmp", "x;y", "\\u001b[31mred", "a\\nb", "~root", "fine-1.5@q4" })
        {
            (await setup.ChatAsync(model)).Dispose();
        }

        await setup.Log.WaitForAsync("fine-1.5@q4");

        Assert.Equal(["fine-1.5@q4", "echo"], await AnswersAsync(setup, "", "history", "--model"));
        var described = string.Join('\n', await AnswersAsync(setup, "", "history", "--after-id"));
        Assert.DoesNotContain('\u001b', described);
        Assert.All(described.Split('\n'), line => Assert.Matches(@"^(last|[0-9a-f-]{36})\t", line));
    }

    private static async Task<string[]> AnswersAsync(Setup setup, string word, params string[] before)
    {
        var result = (await setup.Cli.RunAsync(["completion", "candidates", "--", "words", $"={word}", .. before])).Exits(0);
        Assert.Empty(result.Errors);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
