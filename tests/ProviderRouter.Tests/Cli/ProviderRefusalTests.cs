namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli provider</c> with what is not allowed: every problem is said at once, nothing is written, no key is repeated.</summary>
public sealed class ProviderRefusalTests : IDisposable
{
    private const string Key = "sk-refused-4f9a1c77e2b04d55a8c3";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("provider add", "Required argument missing")]
    [InlineData("provider add x", "--preset NAME (lm-studio, ollama")]
    [InlineData("provider add x --preset olama", "Did you mean ollama?")]
    [InlineData("provider add x --preset azure --no-key", "--base-url https://RESOURCE.openai.azure.com")]
    [InlineData("provider add x --preset openai", "OpenAI needs a key: --key-stdin")]
    [InlineData("provider add X --preset vllm", "The name must be")]
    [InlineData($"provider add {Key} --preset vllm", "The name looks like a key")]
    [InlineData("provider add x --base-url localhost:1/v1", "The base URL must be")]
    [InlineData($"provider add x --base-url http://me:{Key}@host/v1", "The base URL must be")]
    [InlineData($"provider add x --preset openai --key-env {Key}", "looks like a key itself")]
    [InlineData("provider add x --preset openai --key-env MY-KEY", "The name of the key's variable must be")]
    [InlineData("provider add x --preset openai --key-env K --no-key", "do not go together")]
    [InlineData("provider add x --preset openai --key-stdin", "The key is empty")]
    [InlineData($"provider add x --preset openai --key {Key}", "There is no option '--key'. Did you mean --key-env?")]
    [InlineData($"provider add x --preset openai --key={Key}", "There is no option '--key'. Did you mean --key-env?")]
    [InlineData($"provider add x --preset openai --key-stdin {Key}", "looks like a key) is one argument too many")]
    [InlineData($"provider add x --preset {Key}", "There is no preset (not repeated here")]
    [InlineData($"provider add x --preset vllm --header authorization:{Key}", "Keys are stored with --key-stdin")]
    [InlineData($"provider add x --preset vllm --header X-Api-Key:{Key}", "Keys are stored with --key-stdin")]
    [InlineData($"provider add x --preset vllm --header {Key}", "--header takes NAME: VALUE")]
    [InlineData("provider add x --preset vllm --header x-title:", "--header takes NAME: VALUE")]
    [InlineData("provider add x --preset vllm --header a:1 --header A:2", "--header names 'A' twice")]
    [InlineData("provider add x --preset vllm --alias gpt", "--alias takes NAME=MODEL")]
    [InlineData("provider add x --preset vllm --alias gpt=", "--alias takes NAME=MODEL")]
    [InlineData($"provider add x --preset vllm --query key={Key}", "The query must hold no key")]
    [InlineData("provider add x --preset vllm --idle-timeout 90", "--idle-timeout takes a time (units ms, s, m, h)")]
    [InlineData($"provider add x --preset vllm --idle-timeout {Key}", "--idle-timeout takes a time")]
    [InlineData("provider add x --preset vllm --idle-timeout 25h", "The idle timeout must be from 1ms to 24h")]
    [InlineData("provider add x --preset vllm --idle-timeout 99999999999999999999h", "--idle-timeout takes a time")]
    [InlineData("provider add x --preset vllm --connect-timeout 0", "The connect timeout must be from 1ms to 5m")]
    [InlineData("provider add x --preset vllm --keep-alive 500ms", "The keep-alive must be from 1s to 10m")]
    [InlineData("provider add x --preset vllm --retries many", "--retries takes a whole number from 0 to 10")]
    [InlineData("provider add x --preset vllm --retries -1", "The retries must be a whole number from 0 to 10")]
    [InlineData("provider add x --preset vllm --cancel maybe", "--cancel takes on or off")]
    [InlineData("provider add x --preset vllm --note a --note b", "--note")]
    [InlineData("provider edit lm-studio", "Nothing says what to change")]
    [InlineData($"provider edit lm-studio --key-env {Key}", "looks like a key itself")]
    [InlineData("provider edit lm-studio --key-stdin", "The key is empty")]
    [InlineData("provider nonsense", "There is no command 'nonsense'")]
    [InlineData($"provider {Key}", "There is no command (not repeated here")]
    [InlineData("set echo --fallback lm-studio --no-fallback", "do not go together")]
    [InlineData("set echo --fallback ,", "--fallback takes names")]
    public async Task Wrong_usage_is_one_line_that_says_what_is_allowed(string arguments, string expected)
    {
        var result = (await RunAsync(arguments.Split(' '))).Exits(2);

        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Contains("See provider-cli ", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain(Key, result.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(result.Output);
        Assert.False(Directory.Exists(folder.Data), "Wrong usage must do nothing.");
    }

    [Theory]
    [InlineData("add")]
    [InlineData("edit")]
    public async Task Every_problem_is_a_line_of_its_own(string command)
    {
        var result = (await RunAsync(
            "provider", command, "mine", "--base-url", $"ftp://{Key}", "--key-env", Key, "--key-header", "host", "--key-prefix", Key,
            "--header", $"cookie: {Key}", "--query", Key, "--model", Key, "--alias", $"{Key}=x", "--idle-timeout", "2d", "--connect-timeout", "6m",
            "--keep-alive", "1ms", "--retries", "11", "--cancel", Key, "--note", Key)).Exits(2);

        Assert.Equal(14, result.Errors.TrimEnd().Split('\n').Length);
        Assert.EndsWith($"See provider-cli provider {command} --help", result.Errors.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, result.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.False(Directory.Exists(folder.Data), "Wrong usage must do nothing.");
    }

    [Fact]
    public async Task What_is_huge_or_holds_what_a_terminal_would_obey_is_refused_in_short()
    {
        var huge = new string('x', 100_000);
        var result = (await RunAsync(
            "provider", "add", huge, "--preset", huge, "--base-url", "http://h/" + huge, "--note", huge, "--header", $"x-a: {huge}", "--model", huge,
            "--alias", "a\u001b[31m=\u001b[31m", "--header", "x-b: 1\u001b[31m", "--key-env", huge)).Exits(2);

        Assert.InRange(result.Errors.Length, 1, 3000);
        Assert.DoesNotContain('\u001b', result.Errors);
        Assert.False(Directory.Exists(folder.Data));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nline")]
    [InlineData("schlüssel")]
    [InlineData("sk-\0zero")]
    [InlineData("huge")]
    public async Task A_key_that_is_none_is_refused_and_not_repeated(string key)
    {
        var typed = key == "huge" ? new string('k', 1_000_000) : key;
        var result = (await new Programs.Cli(folder).RunWithInputAsync(typed, "provider", "add", "x", "--preset", "openai", "--key-stdin")).Exits(2);

        Assert.StartsWith("The key ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(key, result.Errors, StringComparison.Ordinal);
        Assert.InRange(result.Errors.Length, 1, 300);
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task A_name_that_is_unknown_or_taken_is_a_failure_and_nothing_is_written()
    {
        (await RunAsync("provider", "add", "mine", "--preset", "vllm")).Exits(0);
        var before = await RunAsync("list", "--json");

        Assert.Contains("already", (await RunAsync("provider", "add", "mine", "--preset", "ollama")).Exits(1).Errors, StringComparison.Ordinal);
        foreach (var command in new[] { "show", "remove", "enable", "disable" })
        {
            Assert.Contains("Did you mean mine?", (await RunAsync("provider", command, "mien")).Exits(1).Errors, StringComparison.Ordinal);
            Assert.DoesNotContain(Key, (await RunAsync("provider", command, Key)).Exits(1).Errors, StringComparison.Ordinal);
        }

        Assert.Contains("Did you mean mine?", (await RunAsync("provider", "edit", "mien", "--retries", "1")).Exits(1).Errors, StringComparison.Ordinal);
        Assert.Contains("cannot be changed", (await RunAsync("provider", "edit", "echo", "--base-url", "http://localhost")).Exits(1).Errors, StringComparison.Ordinal);
        Assert.Equal(before.Output, (await RunAsync("list", "--json")).Output);
    }

    [Fact]
    public async Task A_locked_database_is_one_line_and_nothing_is_lost()
    {
        (await RunAsync("status")).Exits(0);
        using var locked = new LockedDatabase(folder);

        var result = (await RunAsync("provider", "add", "x", "--preset", "vllm")).Exits(1);

        Assert.Contains("locked", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
