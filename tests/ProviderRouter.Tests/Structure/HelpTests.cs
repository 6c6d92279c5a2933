namespace ProviderRouter.Tests.Structure;

/// <summary>The help in the documents is the programs' own.</summary>
public sealed class HelpTests
{
    [Fact]
    public async Task The_reference_in_the_documents_is_what_the_program_says()
    {
        using var folder = new TestFolder();
        var made = Path.Combine(folder.Path, "cli.md");

        // As narrow as a terminal can be: it must not matter.
        (await ProgramStart.RunAsync(InDocs("generate-cli"), folder, [BuiltPrograms.Cli, made], ("COLUMNS", "20"))).Exits(0);

        Assert.True(
            await File.ReadAllTextAsync(made) == await File.ReadAllTextAsync(InDocs("cli.md")),
            "docs/cli.md is not what the program says. Make it anew: dotnet build && docs/generate-cli");
    }

    [Fact]
    public async Task The_reference_has_every_command()
    {
        var document = await File.ReadAllTextAsync(InDocs("cli.md"));

        Assert.All(await CommandTree.ReadAsync(), command => Assert.Contains($"\n## {command.Path}\n", document, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_servers_help_in_the_documents_is_what_it_says()
    {
        using var folder = new TestFolder();
        var help = (await ProgramStart.RunAsync(BuiltPrograms.Router, folder, ["--help"])).Exits(0).Output;
        var document = await File.ReadAllTextAsync(InDocs("command-line.md"));

        Assert.Contains($"## provider-router\n\n```text\n{Tidy(help)}\n```", document, StringComparison.Ordinal);
    }

    private static string InDocs(string name) => Path.Combine(BuiltPrograms.RepositoryRoot, "docs", name);

    private static string Tidy(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).Trim('\n');
}
