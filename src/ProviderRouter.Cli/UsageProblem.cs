using System.CommandLine;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli;

/// <summary>Says in one line what is wrong with a command line, and where help is.</summary>
internal static class UsageProblem
{
    /// <summary>The problem of a command line that could not be parsed.</summary>
    public static string In(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var path = string.Join(' ', Above(command).Reverse().Select(above => above.Name));
        var reason = parse.UnmatchedTokens is [var unknown, ..] ? Unknown(unknown, command) : parse.Errors[0].Message;
        return $"{reason} See {path} --help";
    }

    private static string Unknown(string token, Command command)
    {
        var isOption = token.StartsWith('-');
        var known = isOption
            ? Above(command).SelectMany(above => above.Options).SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.SelectMany(subcommand => subcommand.Aliases.Append(subcommand.Name));
        // Short aliases are near to everything.
        var meant = NearestName.To(token, known.Where(name => name.Length > 2)) is { } nearest ? $" Did you mean {nearest}?" : "";
        return isOption ? $"There is no option '{token}'.{meant}"
            : command.Subcommands.Count > 0 ? $"There is no command '{token}'.{meant}"
            : $"'{token}' is one argument too many.";
    }

    /// <summary>The command, the one that it belongs to, and so on to the root.</summary>
    private static IEnumerable<Command> Above(Command command)
    {
        for (var above = command; above is not null; above = above.Parents.OfType<Command>().SingleOrDefault())
        {
            yield return above;
        }
    }
}
