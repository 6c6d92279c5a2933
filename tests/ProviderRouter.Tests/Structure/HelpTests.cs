namespace ProviderRouter.Tests.Structure;

/// <summary>The help in the documents is the programs' own.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("provider-cli")]
    [InlineData("provider-cli status")]
    [InlineData("provider-cli set")]
    [InlineData("provider-cli list")]
    [InlineData("provider-cli test")]
    [InlineData("provider-cli models")]
    [InlineData("provider-cli history")]
    [InlineData("provider-cli stats")]
    [InlineData("provider-cli verify")]
    [InlineData("provider-cli prune")]
    [InlineData("provider-cli key")]
    [InlineData("provider-cli key create")]
    [InlineData("provider-cli key list")]
    [InlineData("provider-cli key revoke")]
    [InlineData("provider-cli config")]
    [InlineData("provider-cli config list")]
    [InlineData("provider-cli config get")]
    [InlineData("provider-cli config set")]
    [InlineData("provider-cli config unset")]
    [InlineData("provider-cli config export")]
    [InlineData("provider-cli config import")]
    [InlineData("provider-cli import")]
    [InlineData("provider-cli provider")]
    [InlineData("provider-cli provider list")]
    [InlineData("provider-cli provider show")]
    [InlineData("provider-cli provider add")]
    [InlineData("provider-cli provider edit")]
    [InlineData("provider-cli provider remove")]
    [InlineData("provider-cli provider enable")]
    [InlineData("provider-cli provider disable")]
    [InlineData("provider-cli provider test")]
    [InlineData("provider-router")]
    public async Task The_help_in_the_documents_is_what_the_program_says(string command)
    {
        using var folder = new TestFolder();
        var program = command == "provider-router" ? BuiltPrograms.Router : BuiltPrograms.Cli;
        var help = (await ProgramStart.RunAsync(program, folder, [.. command.Split(' ')[1..], "--help"])).Exits(0).Output;
        var document = await File.ReadAllTextAsync(Path.Combine(BuiltPrograms.RepositoryRoot, "docs", "command-line.md"));

        Assert.Contains($"## {command}\n\n```text\n{Tidy(help)}\n```", document, StringComparison.Ordinal);
    }

    private static string Tidy(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).Trim('\n');
}
