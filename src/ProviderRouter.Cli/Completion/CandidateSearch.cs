using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace ProviderRouter.Cli.Completion;

/// <summary>Finds what can stand where the cursor is: values of an option, commands, values of an argument, options.</summary>
/// <param name="root">All commands.</param>
/// <param name="before">The words between the program's name and the one that is completed.</param>
/// <param name="word">What is there of the word that is completed.</param>
internal sealed class CandidateSearch(Command root, IReadOnlyList<string> before, string word)
{
    private static readonly ParserConfiguration NoFiles = new() { ResponseFileTokenReplacer = null };

    private readonly ParseResult parse = root.Parse(before, NoFiles);

    // The sources are told the word, too.
    private readonly CompletionContext context = root.Parse([.. before, word], NoFiles).GetCompletionContext();

    /// <summary>The candidates that go on as the word begins, and can be typed as they are. Each stands for the whole word.</summary>
    public IEnumerable<CompletionItem> Find() => All().Where(IsWanted).DistinctBy(item => (item.Label, item.Kind));

    private IEnumerable<CompletionItem> All()
    {
        if (before.Contains("--", StringComparer.Ordinal))
        {
            return OfArguments();
        }

        var place = word.IndexOf('=', StringComparison.Ordinal);
        if (word.StartsWith("--", StringComparison.Ordinal) && place > 0)
        {
            return Option(word[..place]) is { } named ? Values(named.CompletionSources).Select(item => Behind(word[..(place + 1)], item)) : [];
        }

        if (before.Count > 0 && Option(before[^1]) is { Arity.MinimumNumberOfValues: > 0 } waiting)
        {
            return Values(waiting.CompletionSources);
        }

        if (parse.UnmatchedTokens.Count > 0)
        {
            return [];
        }

        var others = OfCommands().Concat(OfArguments()).ToList();
        return word.StartsWith('-') || (others.Count == 0 && Next?.Arity.MinimumNumberOfValues is not > 0) ? OfOptions() : others;
    }

    private IEnumerable<CompletionItem> OfCommands() => parse.CommandResult.Command.Subcommands
        .Where(command => !command.Hidden).Select(command => Completes.Item(command.Name, command.Description));

    private IEnumerable<CompletionItem> OfArguments() => Next is { } argument ? Values(argument.CompletionSources) : [];

    /// <summary>The first argument that takes one more value.</summary>
    private Argument? Next => parse.CommandResult.Command.Arguments.FirstOrDefault(argument =>
        (parse.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MaximumNumberOfValues);

    private IEnumerable<CompletionItem> OfOptions() => Options()
        .Where(option => !option.Hidden && (option.Arity.MaximumNumberOfValues > 1 || parse.GetResult(option) is not { Implicit: false }))
        .Select(option => Completes.Item(option.Name, option.Description));

    private Option? Option(string name) => Options().FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    /// <summary>The options of the command that is typed, and those of all commands.</summary>
    private IEnumerable<Option> Options()
    {
        for (var result = parse.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            foreach (var option in result.Command.Options.Where(option => option.Recursive || result == parse.CommandResult))
            {
                yield return option;
            }
        }
    }

    private IEnumerable<CompletionItem> Values(IEnumerable<Func<CompletionContext, IEnumerable<CompletionItem>>> sources) =>
        sources.SelectMany(source => source(context));

    private static CompletionItem Behind(string start, CompletionItem item) =>
        item.Kind is Completes.FileKind or Completes.FolderKind ? item : Completes.Item(start + item.Label, item.Detail);

    private bool IsWanted(CompletionItem item) => item.Kind is Completes.FileKind or Completes.FolderKind
        || (item.Label.StartsWith(word, StringComparison.OrdinalIgnoreCase) && IsPlain(item.Label));

    /// <summary>
    /// True for what means itself in every shell. What clients sent is in the log, and somebody could have put a command into the name
    /// of a model. (Before a word, = has zsh look for a program of that name.)
    /// </summary>
    private static bool IsPlain(string text) => !text.StartsWith('=') && text.All(IsPlain);

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "-_./:@+,=%".Contains(letter, StringComparison.Ordinal);
}
