using System.CommandLine;
using ProviderRouter.Providers;

namespace ProviderRouter.Cli;

/// <summary>Says what is wrong with a command line, each problem in one line, and where help is.</summary>
internal static class UsageProblem
{
    /// <summary>The problems of a command line that could not be parsed.</summary>
    public static IReadOnlyList<string> In(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        IEnumerable<string> reasons = parse.UnmatchedTokens is [var unknown, ..]
            ? [Unknown(unknown, command)]
            : parse.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal);
        return WithHelp([.. reasons], command);
    }

    /// <summary>Problems, the last with where the help of this command is.</summary>
    public static IReadOnlyList<string> WithHelp(IReadOnlyList<string> problems, Command command)
    {
        var path = string.Join(' ', Above(command).Reverse().Select(above => above.Name));
        return [.. problems.SkipLast(1), $"{problems[^1]} See {path} --help"];
    }

    private static string Unknown(string token, Command command)
    {
        var isOption = token.StartsWith('-');
        // Of --key=VALUE the name alone: the value may be a key.
        var name = isOption ? token.Split('=', ':')[0] : token;
        var known = isOption
            ? Above(command).SelectMany(above => above.Options).SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.SelectMany(subcommand => subcommand.Aliases.Append(subcommand.Name));
        // Short aliases are near to everything.
        var meant = NearestName.To(name, known.Where(name => name.Length > 2)) is { } nearest ? $" Did you mean {nearest}?" : "";
        return isOption ? $"There is no option {KeyLike.Quote(name)}.{meant}"
            : command.Subcommands.Count > 0 ? $"There is no command {KeyLike.Quote(name)}.{meant}"
            : $"{KeyLike.Quote(name)} is one argument too many.";
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
