namespace ProviderRouter.Tests.Cli;

/// <summary><c>provider-cli config set</c> with what is not allowed: one line says what is, and nothing is changed.</summary>
public sealed class ConfigRefusalTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("audit.durability", "", "full or process")]
    [InlineData("audit.durability", "half", "full or process")]
    [InlineData("audit.onFailure", "0", "continue or refuse")]
    [InlineData("audit.failureWait", "", "from 0s to 60s")]
    [InlineData("audit.failureWait", "2", "for example 2s")]
    [InlineData("audit.failureWait", "61s", "from 0s to 60s")]
    [InlineData("audit.failureWait", "60001ms", "from 0s to 60s")]
    [InlineData("audit.failureWait", "9223372036854775807ms", "from 0s to 60s")]
    [InlineData("audit.failureWait", "2MB", "units ms, s")]
    [InlineData("audit.maxBody", "", "from 0B to 256MB")]
    [InlineData("audit.maxBody", "MB", "for example 16MB")]
    [InlineData("audit.maxBody", "16", "units B, KB, MB, GB, TB")]
    [InlineData("audit.maxBody", "257MB", "from 0B to 256MB")]
    [InlineData("audit.maxBody", "-1MB", "from 0B to 256MB")]
    [InlineData("audit.maxBody", "+1MB", "from 0B to 256MB")]
    [InlineData("audit.maxBody", "1.5MB", "from 0B to 256MB")]
    [InlineData("audit.maxBody", "1e3MB", "from 0B to 256MB")]
    // 2^54 KB are 2^64 bytes, which is 0 to those who do not look.
    [InlineData("audit.maxBody", "18014398509481984KB", "from 0B to 256MB")]
    [InlineData("audit.maxBody", "99999999999999999999999MB", "from 0B to 256MB")]
    [InlineData("audit.maxBody", "１６MB", "from 0B to 256MB")]
    [InlineData("audit.maxBody", "16\u212AB", "from 0B to 256MB")]
    [InlineData("audit.maxBody", "16МВ", "from 0B to 256MB")]
    [InlineData("audit.maxBody", "1\n6MB", "from 0B to 256MB")]
    [InlineData("audit.maxBody", "\u001b[31m16MB", "from 0B to 256MB")]
    [InlineData("audit.spoolMax", "0", "from 1MB to 1TB")]
    [InlineData("audit.spoolMax", "1023KB", "from 1MB to 1TB")]
    [InlineData("audit.spoolMax", "1025GB", "from 1MB to 1TB")]
    [InlineData("audit.streamUsage", "yes", "reported or ask")]
    [InlineData("audit.spoolFolder", "spool", "absolute path")]
    [InlineData("audit.spoolFolder", "./spool", "absolute path")]
    [InlineData("audit.spoolFolder", " ", "absolute path")]
    [InlineData("audit.spoolFolder", "/tmp\n", "absolute path")]
    [InlineData("retention.bodiesBefore", "", "or off")]
    [InlineData("retention.bodiesBefore", "0", "from 1m to 100y")]
    [InlineData("retention.bodiesBefore", "0d", "from 1m to 100y")]
    [InlineData("retention.bodiesBefore", "59s", "units m, h, d, w, y")]
    [InlineData("retention.bodiesBefore", "1M", "units m, h, d, w, y")]
    [InlineData("retention.bodiesBefore", "-30d", "for example 30d")]
    [InlineData("retention.recordsBefore", "101y", "from 1m to 100y")]
    [InlineData("retention.recordsBefore", "9223372036854775807y", "from 1m to 100y")]
    [InlineData("retention.maxSize", "1023KB", "at least 1MB")]
    [InlineData("retention.maxSize", "8388608TB", "at least 1MB")]
    [InlineData("retention.maxSize", "on", "or off")]
    [InlineData("http.allowedHosts", "http://router.lan", "names of hosts")]
    [InlineData("http.allowedHosts", "*", "names of hosts")]
    [InlineData("http.allowedHosts", "router.lan:3001", "names of hosts")]
    [InlineData("http.allowedOrigins", "*", "for example http://localhost:5173")]
    [InlineData("http.allowedOrigins", "null", "for example http://localhost:5173")]
    [InlineData("http.allowedOrigins", "router.lan", "for example http://localhost:5173")]
    [InlineData("http.allowedOrigins", "http://localhost:5173/", "for example http://localhost:5173")]
    [InlineData("http.allowedOrigins", "http://a b", "for example http://localhost:5173")]
    [InlineData("http.maxRequestBody", "1B", "from 1KB to 1TB")]
    public async Task A_value_that_is_not_allowed_is_wrong_usage_and_the_line_says_what_is(string key, string value, string allowed)
    {
        var result = (await RunAsync("config", "set", key, value)).Exits(2);

        Assert.StartsWith($"{key} takes ", result.Errors, StringComparison.Ordinal);
        Assert.Contains(allowed, result.Errors, StringComparison.Ordinal);
        Assert.Contains("See provider-cli config set --help", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain('\u001b', result.Errors);
        Assert.Empty(result.Output);
        Assert.False(File.Exists(folder.Database), "Wrong usage must do nothing.");
    }

    [Fact]
    public async Task A_huge_value_is_repeated_in_part()
    {
        // A pair of surrogates stands where the text is cut.
        var value = new string('9', 59) + "😀" + new string('9', 100_000);

        var result = (await RunAsync("config", "set", "audit.maxBody", value)).Exits(2);

        Assert.InRange(result.Errors.Length, 1, 300);
        Assert.Contains("9…'", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', result.Errors);
    }

    [Theory]
    [InlineData("nowhere", "There is no folder")]
    [InlineData("a-file", "is a file, not a folder")]
    [InlineData("read-only", "cannot be written")]
    public async Task A_spool_folder_that_cannot_be_used_is_refused_and_the_setting_left_as_it_is(string kind, string expected)
    {
        var usable = Directory.CreateDirectory(Path.Combine(folder.Path, "usable")).FullName;
        (await RunAsync("config", "set", "audit.spoolFolder", usable)).Exits(0);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "a-file"), "");
        // Root may write into any folder but those of the kernel.
        var path = kind == "read-only" ? "/proc" : Path.Combine(folder.Path, kind);

        var result = (await RunAsync("config", "set", "audit.spoolFolder", path)).Exits(1);

        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Contains(path, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.Empty(result.Output);
        Assert.Equal(usable, (await RunAsync("config", "get", "audit.spoolFolder")).Exits(0).Output.TrimEnd());
    }

    [Fact]
    public async Task A_spool_folder_is_kept_to_the_letter_and_nothing_is_left_in_it()
    {
        // A joiner and a selector, which are left out where text is shown to people.
        var spool = Directory.CreateDirectory(Path.Combine(folder.Path, "Büro 👩\u200D🔧 ☎\uFE0F")).FullName;

        (await RunAsync("config", "set", "audit.spoolFolder", $"{spool}/../{Path.GetFileName(spool)}/")).Exits(0);

        Assert.Equal(spool, (await RunAsync("config", "get", "audit.spoolFolder")).Exits(0).Output.TrimEnd('\r', '\n'));
        Assert.Empty(Directory.GetFileSystemEntries(spool));
        var emptied = (await RunAsync("config", "set", "audit.spoolFolder", "")).Exits(0);
        Assert.Contains("→ (empty)", emptied.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config", "provider-cli config --help")]
    [InlineData("config lst", "Did you mean list?")]
    [InlineData("config get", "provider-cli config get --help")]
    [InlineData("config set audit.maxBody", "provider-cli config set --help")]
    [InlineData("config set audit.maxBody 1MB 2MB", "'2MB' is one argument too many")]
    [InlineData("config list --jsno", "Did you mean --json?")]
    [InlineData("config list --dta", "Did you mean --data?")]
    public async Task Wrong_usage_below_config_names_the_help_of_the_whole_command(string arguments, string expected)
    {
        var result = (await RunAsync(arguments.Split(' '))).Exits(2);

        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Contains("See provider-cli config", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.False(File.Exists(folder.Database), "Wrong usage must do nothing.");
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
