using System.CommandLine;
using System.CommandLine.Completions;
using ProviderRouter.Cli.Completion;
using ProviderRouter.Cli.Output;

namespace ProviderRouter.Cli.Commands.Completion;

/// <summary>
/// What the shells' scripts ask, and nobody types: <c>completion candidates -- words =WORD BEFORE…</c>, or
/// <c>completion candidates -- bash LINE TEXT</c>, where TEXT is what bash will put each answer in the place of. Answers a candidate
/// a line, and after a tab its description, for bash without; a line that begins with a tab asks the shell for files or folders.
/// </summary>
internal sealed class CandidatesCommand : Command
{
    private readonly Argument<string[]> line = new("line") { Arity = ArgumentArity.OneOrMore };

    public CandidatesCommand()
        : base("candidates", "Say what can stand where the cursor is, for the scripts.")
    {
        Hidden = true;
        Add(line);
        SetAction(parse =>
        {
            var root = parse.RootCommandResult.Command;
            foreach (var answer in parse.GetRequiredValue(line) switch
            {
                ["bash", var typed, var text] => ForBash(root, BashLine.Split(typed), text),
                ["words", ['=', .. var word], .. var before] => For(root, before, word),
                _ => [],
            })
            {
                parse.InvocationConfiguration.Output.WriteLine(answer);
            }

            return ExitCode.Done;
        });
    }

    private static IEnumerable<string> For(Command root, string[] before, string word) =>
        new CandidateSearch(root, before, word).Find().Select(item => item.Detail is { Length: > 0 } description
            ? $"{item.Label}\t{PrintableText.From(description)}" : $"{item.Label}{Mark(item)}");

    private static IEnumerable<string> ForBash(Command root, IReadOnlyList<string> words, string text)
    {
        var word = words[^1];
        if (BashLine.IsRedirected(words))
        {
            return [$"\t{Completes.FileKind}"];
        }

        // Bash takes = and : for ends of words: of --provider=ec it is ec that is put in the place of.
        var done = word.EndsWith(text, StringComparison.Ordinal) ? word.Length - text.Length : 0;
        return words.Count < 2 ? [] : new CandidateSearch(root, [.. words.Skip(1).SkipLast(1)], word).Find()
            .Select(item => item.Label.Length < done ? Mark(item) : $"{item.Label[done..]}{Mark(item)}");
    }

    private static string Mark(CompletionItem item) => item.Kind is Completes.FileKind or Completes.FolderKind ? $"\t{item.Kind}" : "";
}
