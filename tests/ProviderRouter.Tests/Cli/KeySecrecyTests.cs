using System.Text;
using ProviderRouter.Configuration;
using ProviderRouter.Providers;

namespace ProviderRouter.Tests.Cli;

/// <summary>Whatever is done with a provider's key, nobody sees it: not in what is printed, and not in a file.</summary>
public sealed class KeySecrecyTests : IDisposable
{
    private const string First = "sk-first-4f9a1c77e2b04d55a8c3";
    private const string Second = "sk-second-91b2d0c64e7f4a1f8d20";
    private const string Imported = "sk-imported-0a1b2c3d4e5f60718293";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task No_key_is_printed_or_stored_in_plain_form_by_any_command()
    {
        var cli = new Programs.Cli(folder, ("KEYED_ELSEWHERE", Second));
        var said = new StringBuilder();
        await RunAsync(First, "provider", "add", "a", "--preset", "openai", "--key-stdin");
        await RunAsync(Second, "provider", "add", "b", "--preset", "groq", "--key-stdin", "--json");
        await RunAsync(Second, "provider", "add", "b", "--preset", "groq", "--key-stdin");
        await RunAsync("", "provider", "add", "c", "--preset", "mistral", "--key-env", "KEYED_ELSEWHERE");
        await RunAsync("", "provider", "add", "d", "--preset", "mistral", "--key-env", First);
        await RunAsync(Second, "provider", "edit", "a", "--key-stdin");
        await RunAsync(First, "provider", "edit", "a", "--key-stdin", "--json");
        await RunAsync($"QWEN_API_KEY={Imported}\n", "import", "-");
        foreach (var command in (string[])[
            "provider show a", "provider show a --json", "provider list", "list --json", "provider disable b", "provider enable b --json", "set a --fallback b,c",
            "set c --json", "status", "config export", "config export --json", $"config export {Path.Combine(folder.Data, "out.json")}",
            $"config import {Path.Combine(folder.Data, "out.json")} --dry-run", "config list", "test c --timeout 0.001", "provider test a --timeout 0.001",
            "test --all --timeout 0.001 --json", "models a --timeout 0.001",
            "provider edit qwen-direct --base-url http://127.0.0.1:9/v1", "test qwen-direct", "provider remove b", "provider edit a --no-key", "verify"])
        {
            await RunAsync("", command.Split(' '));
        }

        // With keys of which some are still there.
        await RunAsync(Second, "provider", "add", "b", "--preset", "groq", "--key-stdin");
        foreach (var secret in new[] { First, Second, Imported })
        {
            Assert.DoesNotContain(secret, said.ToString(), StringComparison.Ordinal);
            foreach (var file in Directory.GetFiles(folder.Data))
            {
                var bytes = await File.ReadAllBytesAsync(file);
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{file} holds a key.");
                Assert.True(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)) < 0, $"{file} holds a key.");
                Assert.True(
                    bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.ASCII.GetBytes(secret))[..^4])) < 0, $"{file} holds a key.");
            }
        }

        var vault = Path.Combine(folder.Data, "provider-router.secret");
        Assert.Equal(32, new FileInfo(vault).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(vault));
        }

        async Task RunAsync(string input, params string[] arguments)
        {
            var result = await cli.RunWithInputAsync(input, arguments);
            said.Append(result.Output).Append(result.Errors);
        }
    }

    [Fact]
    public async Task A_key_that_is_typed_on_a_terminal_is_not_shown()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "There is no program here that makes a terminal.");
        var command = $"'{BuiltPrograms.Cli}' provider add typed --preset groq";
        using var process = ProgramStart.StartOpen("/usr/bin/script", folder, ["-qec", command, "/dev/null"]);
        var said = new StringBuilder();
        await ReadUntilAsync("(not shown): ");
        // A letter too many, and what takes it back.
        await process.StandardInput.WriteAsync($"{First}x\u007f\r");
        await process.StandardInput.FlushAsync();
        await ReadUntilAsync("provider-cli set typed");
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.DoesNotContain(First, said.ToString(), StringComparison.Ordinal);
        var stored = (byte[])new RecordedLog(folder).Query("SELECT key_sealed FROM providers WHERE name = 'typed'").Single()["key_sealed"]!;
        Assert.Equal(First, new KeyVault(new DataFolder(folder.Data)).Unseal(stored));

        async Task ReadUntilAsync(string text)
        {
            var letter = new char[1];
            while (!said.ToString().Contains(text, StringComparison.Ordinal))
            {
                Assert.True(await process.StandardOutput.ReadAsync(letter).AsTask().WaitAsync(TimeSpan.FromSeconds(60)) > 0, said.ToString());
                said.Append(letter);
            }
        }
    }
}
