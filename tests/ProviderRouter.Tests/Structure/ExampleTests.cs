namespace ProviderRouter.Tests.Structure;

/// <summary>The examples in the help are ones that the program takes.</summary>
public sealed class ExampleTests
{
    // They ask providers, read a file that is not there, or go on until they are interrupted.
    private static readonly string[] NotRun = [" test", "<", "$", " --follow", " -f"];

    [Fact]
    public async Task The_help_of_every_command_ends_with_one_to_four_examples_of_it()
    {
        var commands = await CommandTree.ReadAsync();

        Assert.True(commands.Count > 30, $"Only {commands.Count} commands were found.");
        Assert.All(commands, command =>
        {
            var examples = command.Lines("Examples");
            Assert.True(examples.Count is >= 1 and <= 4, $"{command.Path} has {examples.Count} examples: AddExamples in its constructor.");
            Assert.Equal(examples[^1], command.Help.TrimEnd().Split('\n')[^1][2..]);
            Assert.All(examples, example => Assert.Matches($"^{command.Path}( |$)", example));
        });
    }

    [Fact]
    public async Task Every_example_is_of_a_command_that_is_there_and_has_these_options()
    {
        var commands = await CommandTree.ReadAsync();
        using var folder = new TestFolder();
        var cli = new Programs.Cli(folder);
        var examples = commands.SelectMany(command => command.Lines("Examples")).Distinct(StringComparer.Ordinal);

        await Parallel.ForEachAsync(examples, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (example, _) =>
        {
            var words = Words(example);
            var meant = commands.Where(command => words.Take(command.Words.Length).SequenceEqual(command.Words)).MaxBy(command => command.Words.Length)!;
            var result = await cli.RunAsync([.. words, "--help"]);

            Assert.True(result.ExitCode == 0, $"{example}: {result.Errors}");
            Assert.Equal(meant.Help, result.Output);
            var known = meant.Lines("Options").SelectMany(line => line.Split(' ', ',')).ToHashSet(StringComparer.Ordinal);
            Assert.All(words.Where(word => word.StartsWith('-') && word.Length > 1), option => Assert.Contains(option.Split('=')[0], known));
        });
    }

    [Fact]
    public async Task Every_example_that_harms_nobody_is_no_wrong_usage()
    {
        var commands = await CommandTree.ReadAsync();
        using var folder = new TestFolder();
        var cli = new Programs.Cli(folder);
        var examples = commands.Where(command => command.Words is not ([.., "test"] or ["models"])).SelectMany(command => command.Lines("Examples"))
            .Where(example => !Array.Exists(NotRun, part => example.Contains(part, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal).ToList();

        Assert.True(examples.Count > 40, $"Only {examples.Count} examples were run.");
        foreach (var example in examples)
        {
            var result = await cli.RunAsync(Words(example));

            Assert.True(result.ExitCode is 0 or 1, $"{example}: {result.ExitCode}, {result.Errors}");
        }
    }

    /// <summary>The words after the program's name, up to what is the shell's own; quotes are taken off.</summary>
    private static string[] Words(string example)
    {
        var words = new List<string>();
        foreach (var (place, part) in example.Split('"').Index())
        {
            words.AddRange(place % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return [.. words.Skip(1).TakeWhile(word => word is not ("<" or ">" or ">>" or "|"))];
    }
}
