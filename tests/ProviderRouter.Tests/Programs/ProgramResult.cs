using System.Text.Json.Nodes;

namespace ProviderRouter.Tests.Programs;

/// <summary>What a program printed, and how it ended.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The one JSON document on stdout.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>Fails with what was printed unless the program ended with this code.</summary>
    public ProgramResult Exits(int code)
    {
        Assert.True(ExitCode == code, $"Exit code {ExitCode} instead of {code}.\nstdout: {Output}\nstderr: {Errors}");
        return this;
    }
}
