using System.Security.Cryptography;
using System.Text;

namespace ProviderRouter.Tests.Cli.Show;

/// <summary><c>provider-cli show --raw</c>, and what is no longer, or never was, whole.</summary>
public sealed class RawBodyTests
{
    [Theory]
    [InlineData("fake-small", false)]
    [InlineData("tools", true)]
    [InlineData("verbatim", true)]
    [InlineData("sse-comments", true)]
    [InlineData("invalid-utf8", false)]
    [InlineData("stream-error", true)]
    public async Task Both_bodies_come_byte_for_byte(string model, bool stream)
    {
        await using var setup = await Setup.StartAsync();
        var row = await setup.SendAsync($$"""{"model":"{{model}}", "messages":[{"role":"user","content":"漢字 \u00e9"}],"stream":{{(stream ? "true" : "false")}}}""" + "\r\n");

        Assert.Equal(row.Text("request_sha256"), await DigestAsync(setup.Folder, row, "request"));
        Assert.Equal(row.Text("response_sha256"), await DigestAsync(setup.Folder, row, "response"));
    }

    [Fact]
    public async Task What_is_packed_cut_or_described_comes_as_it_is_kept_and_a_message_says_so()
    {
        await using var setup = await Setup.StartAsync();
        await setup.SendAsync("""{"model":"gzip","messages":[{"role":"user","content":"Q"}]}""");
        var packed = (await setup.Cli.RunAsync("show", "last", "--raw", "response")).Exits(0);
        Assert.StartsWith("{", packed.Output, StringComparison.Ordinal);

        await setup.SendAsync("""{"model":"tts","input":"Say"}""", "v1/audio/speech");
        var described = (await setup.Cli.RunAsync("show", "last", "--raw", "response")).Exits(0);
        Assert.StartsWith("[audio/", described.Output, StringComparison.Ordinal);
        Assert.Contains("is not text", described.Errors, StringComparison.Ordinal);

        (await setup.Cli.RunAsync("config", "set", "audit.maxBody", "100KB")).Exits(0);
        await setup.SendAsync($$"""{"model":"fake-small","messages":[{"role":"user","content":"first"},{"role":"user","content":"{{new string('x', 200_000)}}"}]}""");
        var cut = (await setup.Cli.RunAsync("show", "last", "--raw", "request")).Exits(0);
        Assert.Equal(100 * 1024, cut.Output.Length);
        Assert.Contains("only its first part is here", cut.Errors, StringComparison.Ordinal);
        var text = (await setup.Cli.RunAsync("show", "last")).Exits(0).Output;
        Assert.Contains("user\n  first\n\nuser\n  xxxxx", text, StringComparison.Ordinal);
        Assert.Contains("only its first part is here", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_pruned_is_gone_and_is_said_to_be()
    {
        using var folder = new TestFolder();
        using (var past = new PastLog(folder))
        {
            past.Add(TimeSpan.FromDays(40), """{"model":"m","messages":[{"role":"user","content":"old"}]}""", """{"choices":[{"message":{"content":"A"}}]}""");
            past.AddOpen(TimeSpan.FromDays(1), "young");
        }

        var cli = new Programs.Cli(folder);
        (await cli.RunAsync("prune", "--bodies-before", "30d")).Exits(0);
        var id = (string)(await cli.RunAsync("history", "--json")).Exits(0).Json.AsArray()[^1]!["requestId"]!;

        Assert.Contains("is no longer in the log: retention removed it.", (await cli.RunAsync("show", id)).Exits(0).Output, StringComparison.Ordinal);
        foreach (var option in new[] { "--raw request", "--raw response", "--curl" })
        {
            var gone = (await cli.RunAsync(["show", id, .. option.Split(' ')])).Exits(1);
            Assert.Empty(gone.Output);
            Assert.Contains("retention removed it", gone.Errors, StringComparison.Ordinal);
        }

        var json = (await cli.RunAsync("show", id, "--json")).Exits(0).Json;
        Assert.Equal("pruned", (string?)json["requestBodyState"]);
        Assert.Null(json["requestBody"]);
        Assert.Contains("young", (await cli.RunAsync("show", "last")).Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("answer", (await cli.RunAsync("show", "last", "--raw", "response")).Exits(1).Errors, StringComparison.Ordinal);
    }

    private static async Task<string> DigestAsync(TestFolder folder, LogRow row, string side)
    {
        // Bytes, not text: through a file.
        var file = Path.Combine(folder.Path, "body");
        (await ProgramStart.RunAsync("/bin/sh", folder, ["-c", $"'{BuiltPrograms.Cli}' show {row.Text("request_id")} --raw {side} > '{file}'"])).Exits(0);
        return Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file)));
    }
}
