namespace ProviderRouter.Tests.Programs;

/// <summary>All commands of the built <c>provider-cli</c> and their help, found by asking it.</summary>
internal static class CommandTree
{
    /// <summary>Each command by the words that name it (none for the program itself), and its help.</summary>
    public static async Task<IReadOnlyList<CommandOfTree>> ReadAsync()
    {
        using var folder = new TestFolder();
        var cli = new Cli(folder);
        var found = new List<CommandOfTree>();
        var waiting = new List<string[]> { Array.Empty<string>() };
        while (waiting.Count > 0)
        {
            var helps = new CommandOfTree[waiting.Count];
            await Parallel.ForAsync(0, helps.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (place, _) =>
                helps[place] = new CommandOfTree(waiting[place], (await cli.RunAsync([.. waiting[place], "--help"])).Exits(0).Output));
            found.AddRange(helps);
            waiting = [.. helps.SelectMany(command => command.Names("Commands").Select(name => (string[])[.. command.Words, name]))];
        }

        return found;
    }
}

/// <summary>One command.</summary>
/// <param name="Words">Those after the program's name.</param>
/// <param name="Help">All of its help.</param>
internal sealed record CommandOfTree(string[] Words, string Help)
{
    public string Path => string.Join(' ', Words.Prepend("provider-cli"));

    /// <summary>The lines below such a heading, without what they are indented by.</summary>
    public IReadOnlyList<string> Lines(string heading) =>
        [.. Help.Split('\n').SkipWhile(line => line != $"{heading}:").Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line[2..])];

    /// <summary>The first name on each line below such a heading.</summary>
    public IEnumerable<string> Names(string heading) => Lines(heading).Select(line => line.Split(' ', ',')[0]);
}
