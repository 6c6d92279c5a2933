using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;

namespace ProviderRouter.Cli.Help;

/// <summary>The examples that each command carries, which its help ends with.</summary>
internal static class Examples
{
    private static readonly ConditionalWeakTable<Command, string[]> Known = [];

    /// <summary>Says how a command is used. A command without examples fails a test.</summary>
    /// <param name="command">The command, or a group of them.</param>
    /// <param name="arguments">Of each example what follows the command; empty for the command alone.</param>
    public static void AddExamples(this Command command, params string[] arguments) => Known.Add(command, arguments);

    /// <summary>Whole command lines; of a command that stands in two places, those of the place that was typed.</summary>
    public static IEnumerable<string> Of(ParseResult parse)
    {
        var path = string.Join(' ', PathOf(parse).Reverse());
        return Known.TryGetValue(parse.CommandResult.Command, out var arguments) ? arguments.Select(text => $"{path} {text}".TrimEnd()) : [];
    }

    private static IEnumerable<string> PathOf(ParseResult parse)
    {
        for (var command = parse.CommandResult; command is not null; command = command.Parent as CommandResult)
        {
            yield return command.Command.Name;
        }
    }
}
