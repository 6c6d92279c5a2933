namespace ProviderRouter.Tests.Cli.Completion;

/// <summary>What real shells make of a line when somebody presses Tab.</summary>
public sealed class ShellTests
{
    private const string Left = "\u001b[D";

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task A_person_presses_tab(string name)
    {
        using var folder = new TestFolder();
        var cli = new Programs.Cli(folder);
        (await cli.RunAsync("key", "create", "webui")).Exits(0);
        (await cli.RunAsync("provider", "add", "elsewhere", "--base-url", "http://localhost:1", "--data", "other data")).Exits(0);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "router.json"), "{}");
        using var shell = await Shell.StartAsync(folder, name);

        async Task IsAsync(string typed, string completed, string keys = "") => 
            // zsh puts a blank between what it completed and a blank.
            Assert.Equal(completed, (await shell.CompleteAsync(typed, keys)).Replace("  ", " ", StringComparison.Ordinal));

        await IsAsync("provider-cli verif", "provider-cli verify ");
        await IsAsync("provider-cli config uns", "provider-cli config unset ");
        await IsAsync("provider-cli set ec", "provider-cli set echo ");
        await IsAsync("provider-cli set echo --fallback lm-studio,qwen-p", "provider-cli set echo --fallback lm-studio,qwen-proxy ");
        await IsAsync("provider-cli history --outc", "provider-cli history --outcome ");
        await IsAsync("provider-cli history --outcome client", "provider-cli history --outcome client_closed ");
        await IsAsync("provider-cli history --provider=ec", "provider-cli history --provider=echo ");
        await IsAsync("provider-cli config set audit.onF", "provider-cli config set audit.onFailure ");
        await IsAsync("provider-cli config set audit.onFailure ref", "provider-cli config set audit.onFailure refuse ");
        await IsAsync("provider-cli key revoke w", "provider-cli key revoke webui ");
        await IsAsync("provider-cli config import ro", "provider-cli config import router.json ");
        await IsAsync("provider-cli config export > ro", "provider-cli config export > router.json ");
        await IsAsync("provider-cli --data \"other data\" test els", "provider-cli --data \"other data\" test elsewhere ");
        await IsAsync("provider-cli config export > ro", "provider-cli config export > router.json ");
        await IsAsync("provider-cli --data other\\ data test els", "provider-cli --data other\\ data test elsewhere ");
        await IsAsync("provider-cli test els", "provider-cli test els");
        await IsAsync("provider-cli verif --json", "provider-cli verify --json", keys: string.Concat(Enumerable.Repeat(Left, " --json".Length)));
        await IsAsync("FOO=1 provider-cli verif", "FOO=1 provider-cli verify ");
        await IsAsync("true; provider-cli verif", "true; provider-cli verify ");
        await IsAsync($"{BuiltPrograms.Cli} verif", $"{BuiltPrograms.Cli} verify ");
        Assert.StartsWith("provider-cli set \"echo\"", await shell.CompleteAsync("provider-cli set \"ec"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zsh_finds_the_script_among_its_functions()
    {
        using var folder = new TestFolder();
        (await new Programs.Cli(folder).RunAsync("status")).Exits(0);
        using var shell = await Shell.StartAsync(folder, "zsh", isInstalled: true);

        Assert.Equal("provider-cli set echo ", await shell.CompleteAsync("provider-cli set ec"));
        Assert.Equal("provider-cli verify ", await shell.CompleteAsync("provider-cli verif"));
    }

    [Theory]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Where_several_are_meant_they_are_shown_with_what_they_are(string name)
    {
        using var folder = new TestFolder();
        (await new Programs.Cli(folder).RunAsync("status")).Exits(0);
        using var shell = await Shell.StartAsync(folder, name);

        Assert.Equal("provider-cli set qwen-", await shell.CompleteAsync("provider-cli set qwen-"));
        await Eventually.IsAsync("the list is shown", () => shell.Screen.Contains("http://localhost:3000/v1", StringComparison.Ordinal));
        Assert.Contains("https://dashscope.aliyuncs.com/compatible-mode/v1", shell.Screen, StringComparison.Ordinal);
    }
}
