using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Programs;

/// <summary>What <c>provider-cli</c> printed, and how it ended.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The one JSON document on stdout.</summary>
    public JsonNode Json => JsonNode.Parse(Output, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Disallow })!;

    /// <summary>Fails with what was printed unless the program ended with this code.</summary>
    public CliResult Exits(int code)
    {
        Assert.True(ExitCode == code, $"Exit code {ExitCode} instead of {code}.\nstdout: {Output}\nstderr: {Errors}");
        return this;
    }
}

/// <summary>Runs the built <c>provider-cli</c>.</summary>
internal sealed class Cli(TestFolder folder, params (string, string)[] environment)
{
    public async Task<CliResult> RunAsync(params string[] arguments)
    {
        using var process = ProgramStart.Start(BuiltPrograms.Cli, folder, arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return new CliResult(process.ExitCode, await output, await errors);
    }
}
