using System.Text;

namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli import FILE</c>: the .env file of the reference is taken over whole, or not at all.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Key = "sk-import-4f9a1c77e2b04d55a8c3";

    private const string Everything =
        $"""
        # of the reference
        PORT=3001
        export HOST="0.0.0.0"
        DEFAULT_PROVIDER=qwen-direct
        LM_STUDIO_BASE_URL=http://10.0.0.5:1234/v1/
        LM_STUDIO_DEFAULT_MODEL='qwen2.5'   # loaded
        QWEN_PROXY_BASE_URL=http://localhost:3333
        QWEN_API_KEY={Key}
        QWEN_BASE_URL=https://dashscope-intl.aliyuncs.com/compatible-mode/v1
        LOG_LEVEL=debug
        REQUEST_TIMEOUT=60000
        SOME_TOKEN={Key}
        LM_STUDIO_EMPTY=

        """;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_variable_is_taken_over_or_said_to_stay()
    {
        (await RunAsync("set", "lm-studio", "--fallback", "echo")).Exits(0);
        var result = (await RunAsync("import", Write(Everything))).Exits(0);

        var lines = result.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd()).ToList();
        Assert.Equal(13, lines.Count);
        Assert.Matches("^PORT +stays the server's own: provider-router --port 3001$", lines[0]);
        Assert.Matches("^HOST .*--host 0.0.0.0; whoever reaches it there can use your keys$", lines[1]);
        Assert.Matches("^DEFAULT_PROVIDER +active provider: qwen-direct; nobody answers in its place any more, before: echo$", lines[2]);
        Assert.Matches("^LM_STUDIO_BASE_URL +lm-studio: base URL http://10.0.0.5:1234/v1$", lines[3]);
        Assert.Matches("^LM_STUDIO_DEFAULT_MODEL +lm-studio: default model qwen2.5$", lines[4]);
        Assert.Matches("^QWEN_PROXY_BASE_URL +qwen-proxy: base URL http://localhost:3333/v1$", lines[5]);
        Assert.Matches("^QWEN_API_KEY +qwen-direct: its key is stored, encrypted$", lines[6]);
        Assert.Matches("^LOG_LEVEL +stays .*LOG_LEVEL=debug$", lines[8]);
        Assert.Matches("^REQUEST_TIMEOUT +idle timeout of lm-studio, qwen-proxy, qwen-direct: 1m$", lines[9]);
        Assert.Matches("^SOME_TOKEN +not known here, left alone$", lines[10]);
        Assert.Matches("^LM_STUDIO_EMPTY +empty, left alone$", lines[11]);
        Assert.DoesNotContain(Key, result.Output + result.Errors, StringComparison.Ordinal);
        Assert.Contains("The key is still in", result.Errors, StringComparison.Ordinal);

        Assert.Equal("qwen-direct", (string?)(await RunAsync("status", "--json")).Json["activeProvider"]);
        var studio = (await RunAsync("provider", "show", "lm-studio", "--json")).Json;
        Assert.Equal("http://10.0.0.5:1234/v1 qwen2.5 60000 edited", $"{studio["baseUrl"]} {studio["defaultModel"]} {studio["idleTimeoutMs"]} {studio["origin"]}");
        var direct = (await RunAsync("provider", "show", "qwen-direct", "--json")).Json;
        Assert.Equal("https://dashscope-intl.aliyuncs.com/compatible-mode/v1 stored 60000", $"{direct["baseUrl"]} {direct["keySource"]} {direct["idleTimeoutMs"]}");
        // A second time changes nothing.
        Assert.Contains("as before", (await RunAsync("import", Write(Everything))).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_is_the_one_that_the_provider_receives()
    {
        await using var setup = await Setup.StartAsync();
        (await setup.Cli.RunWithInputAsync(
            $"QWEN_API_KEY={Key}\nQWEN_BASE_URL={setup.Proxy.BaseUrl}\nDEFAULT_PROVIDER=qwen-direct\n", "import", "-")).Exits(0);

        Assert.Contains($"Bearer {Key}", await setup.Client.GetStringAsync("v1/mirror"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_writes_nothing()
    {
        (await RunAsync("status")).Exits(0);
        var before = (await RunAsync("config", "export")).Output;

        var dry = (await RunAsync("import", Write(Everything), "--dry-run", "--json")).Exits(0).Json;

        Assert.True((bool)dry["dryRun"]!);
        Assert.Equal(before, (await RunAsync("config", "export")).Output);
        Assert.False(File.Exists(Path.Combine(folder.Data, "provider-router.secret")));
        var real = (await RunAsync("import", Write(Everything), "--json")).Exits(0).Json;
        Assert.Equal(dry["variables"]!.ToJsonString(), real["variables"]!.ToJsonString());
        Assert.Equal(7, real["variables"]!.AsArray().Count(variable => (bool)variable!["taken"]!));
    }

    [Fact]
    public async Task Every_problem_is_said_at_once_and_nothing_is_written()
    {
        (await RunAsync("provider", "remove", "qwen-proxy")).Exits(0);
        var before = (await RunAsync("config", "export")).Output;

        var result = (await RunAsync("import", Write(
            $"LM_STUDIO_DEFAULT_MODEL=fine\nQWEN_API_KEY={Key} and more\nREQUEST_TIMEOUT=2s\nLM_STUDIO_BASE_URL=http://x:{Key}@h/v1\n{Key}\n"
            + $"DEFAULT_PROVIDER={Key}\nQWEN_PROXY_BASE_URL=http://localhost:1\n"))).Exits(1);

        var lines = result.Errors.TrimEnd().Split('\n').Select(line => line.TrimEnd()).ToList();
        Assert.Equal(7, lines.Count);
        Assert.Equal("Line 5 is not NAME=value.", lines[0]);
        Assert.StartsWith("QWEN_API_KEY: The key must be one line", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("REQUEST_TIMEOUT must be milliseconds", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("LM_STUDIO_BASE_URL: The base URL must be", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("DEFAULT_PROVIDER: There is no provider (not repeated", lines[4], StringComparison.Ordinal);
        Assert.StartsWith("QWEN_PROXY_BASE_URL is of qwen-proxy, which was removed.", lines[5], StringComparison.Ordinal);
        Assert.Equal("Nothing was taken over.", lines[6]);
        Assert.DoesNotContain(Key, result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal(before, (await RunAsync("config", "export")).Output);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_one_line()
    {
        foreach (var (path, expected) in new[]
        {
            ("nowhere.env", "There is no file nowhere.env."),
            (folder.Path, "it is a folder"),
            (Write(Encoding.Unicode.GetBytes("\uD800PORT=ÿ\uDC00")), "is no text in UTF-8"),
            (Write(new byte[5 << 20]), "is larger than 4 MB"),
        })
        {
            var result = (await RunAsync("import", path)).Exits(1);
            Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
            Assert.Single(result.Errors.TrimEnd().Split('\n'));
        }

        Assert.Contains("no variable", (await RunAsync("import", Write(""))).Exits(0).Output, StringComparison.Ordinal);
    }

    private string Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(folder.Path, $"{Path.GetRandomFileName()}.env");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
