using System.Diagnostics;

namespace ProviderRouter.Tests.Record.Exchange;

/// <summary>An export to a file that is ended in any way is gone on with, and is then what it would have been.</summary>
public sealed class InterruptedExportTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv --bodies")]
    [InlineData("openai-finetune")]
    [InlineData("har")]
    public async Task Killed_and_interrupted_and_gone_on_with_it_is_the_same_file(string format)
    {
        // So much that the end is far when it is seen that some was written.
        LongLog.Write(folder, chats: 4000);
        var (whole, file) = (PathOf("whole"), PathOf("file"));
        (await RunAsync(["export", "--output", whole, "--format", .. format.Split(' ')])).Exits(0);

        using (var killed = ProgramStart.Start(BuiltPrograms.Cli, folder, ["export", "--output", file, "--format", .. format.Split(' ')]))
        {
            await UntilLargerAsync(killed, 6 << 20);
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        Assert.False(File.Exists(file));
        Assert.Contains("Go on with it: provider-cli export --output", (await RunAsync("export", "--output", file)).Exits(1).Errors, StringComparison.Ordinal);
        var left = new FileInfo(file + ".part").Length;
        using (var interrupted = ProgramStart.Start(BuiltPrograms.Cli, folder, ["export", "--output", file, "--resume"]))
        {
            // It cuts off what was not noted, and goes on from there.
            await UntilAsync(interrupted, length => length != left);
            Signal.Interrupt(interrupted);
            await interrupted.WaitForExitAsync();
            Assert.Equal(130, interrupted.ExitCode);
            Assert.EndsWith("--resume", (await interrupted.StandardError.ReadToEndAsync()).TrimEnd(), StringComparison.Ordinal);
        }

        Assert.False(File.Exists(file));
        // What a torn write would leave.
        await File.AppendAllTextAsync(file + ".part", "{\"half\":");
        (await RunAsync("export", "--output", file, "--resume")).Exits(0);

        Assert.Equal(await File.ReadAllBytesAsync(whole), await File.ReadAllBytesAsync(file));
        Assert.Equal(["file", "whole"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_full_disk_ends_it_with_a_line_that_says_how_to_go_on()
    {
        LongLog.Write(folder, chats: 500);
        var small = PathOf("small");
        using var disk = new SmallDisk(small, megabytes: 14);
        var filler = Path.Combine(small, "other");
        await File.WriteAllBytesAsync(filler, new byte[8 << 20]);
        var (whole, file) = (PathOf("whole"), Path.Combine(small, "file"));
        (await RunAsync("export", "--output", whole)).Exits(0);

        var result = (await RunAsync("export", "--output", file)).Exits(1);
        var line = Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.Contains("No space left", line, StringComparison.Ordinal);
        Assert.EndsWith($"provider-cli export --output {file} --resume", line, StringComparison.Ordinal);
        Assert.False(File.Exists(file));

        File.Delete(filler);
        (await RunAsync("export", "--output", file, "--resume")).Exits(0);
        Assert.Equal(await File.ReadAllBytesAsync(whole), await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task It_is_not_gone_on_with_where_that_would_be_another_export()
    {
        LongLog.Write(folder, chats: 2000);
        var file = PathOf("file");
        Assert.Contains("No export to", (await RunAsync("export", "--output", file, "--resume")).Exits(1).Errors, StringComparison.Ordinal);
        using (var killed = ProgramStart.Start(BuiltPrograms.Cli, folder, ["export", "--output", file]))
        {
            await UntilLargerAsync(killed, 6 << 20);
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        Assert.Contains("--format does not go with --resume", (await RunAsync("export", "--output", file, "--resume", "--format", "csv")).Exits(2).Errors, StringComparison.Ordinal);
        using var other = new TestFolder();
        LongLog.Write(other, chats: 2000);
        Assert.Contains("another log", (await new Programs.Cli(other).RunAsync("export", "--output", file, "--resume")).Exits(1).Errors, StringComparison.Ordinal);

        (await RunAsync("export", "--output", file, "--force")).Exits(0);
        Assert.Contains("--force", (await RunAsync("export", "--output", file)).Exits(1).Errors, StringComparison.Ordinal);
    }

    private Task UntilLargerAsync(Process export, long bytes) => UntilAsync(export, length => length > bytes);

    private async Task UntilAsync(Process export, Predicate<long> isLength)
    {
        var part = new FileInfo(PathOf("file") + ".part");
        await Eventually.IsAsync("so much is written", () =>
        {
            part.Refresh();
            return export.HasExited || (part.Exists && isLength(part.Length));
        });
        Assert.False(export.HasExited, "It was through already.");
    }

    private string PathOf(string name) => Path.Combine(folder.Path, name);

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
