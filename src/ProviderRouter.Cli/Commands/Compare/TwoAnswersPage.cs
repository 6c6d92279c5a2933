using ProviderRouter.Cli.Output;
using ProviderRouter.Comparison;
using ProviderRouter.Comparison.Texts;
using ProviderRouter.Conversations;

namespace ProviderRouter.Cli.Commands.Compare;

/// <summary>Two answers for people: the figures, the calls of tools, and the texts.</summary>
internal static class TwoAnswersPage
{
    public static void Write(Terminal terminal, TwoAnswers two, Func<string, string> shorten)
    {
        terminal.Write(Figures(two, terminal.IsTerminal ? shorten : id => id));
        if (two.RequestFields is null)
        {
            terminal.WriteLine(new Phrase("! ", Tone.Warning), "Whether the requests are the same is not known: not both are kept.");
        }
        else if (two.RequestFields.Count > 0)
        {
            terminal.WriteLine(new Phrase("! ", Tone.Warning), $"The requests differ in {string.Join(", ", two.RequestFields)}.");
        }

        if (two.ToolCalls.Count > 0)
        {
            WriteToolCalls(terminal, two.ToolCalls);
        }

        terminal.WriteLine();
        if (two.Diff.IsSame)
        {
            terminal.WriteLine(two.Left.Text.Length == 0
                ? new Phrase("Neither says anything in words.", Tone.Faint) : new Phrase("The texts are the same.", Tone.Good));
            return;
        }

        if (two.Diff.Unit != DiffUnit.Word)
        {
            terminal.WriteLine(new Phrase(
                two.Diff.Unit == DiffUnit.Line ? "The texts are long: lines are compared."
                : "The texts are too long to be compared; all of both follows.", Tone.Warning));
        }

        terminal.Write(new DiffView(two.Diff, terminal.IsTerminal));
    }

    private static FittedTable Figures(TwoAnswers two, Func<string, string> id)
    {
        var table = new FittedTable(
            new Column(""), new Column(id(two.Left.Record.RequestId), MinWidth: 8), new Column(id(two.Right.Record.RequestId), MinWidth: 8));
        Add("Provider", answer => answer.Record.Provider ?? "-");
        Add("Model", answer => answer.Record.ResponseModel ?? answer.Record.Model ?? "-");
        Add("Status", answer => new Phrase(
            $"{(answer.Record.StatusCode is { } status ? $"{status} " : "")}{answer.Record.Outcome ?? "open"}", answer.IsOk ? Tone.Good : Tone.Bad));
        Add("Took", answer => ReadableDuration.From(answer.Record.DurationMs));
        Add("First token", answer => ReadableDuration.From(answer.Record.FirstTokenMs));
        Add("Tokens of the prompt", answer => Number(answer.Record.PromptTokens));
        Add("Tokens of the answer", answer => Number(answer.Record.CompletionTokens));
        Add("Tokens per second", answer => answer.Record.TokensPerSecond is { } speed ? $"{speed:0.0}" : "-");
        Add("Reasoning", answer => (answer.ReasoningCharacters, answer.Record.ReasoningTokens) switch
        {
            (0, null) => "-",
            (0, { } tokens) => $"{tokens} tokens",
            ({ } characters, null) => $"{characters} characters",
            ({ } characters, { } tokens) => $"{characters} characters, {tokens} tokens",
        });
        Add("Finish reason", answer => answer.Record.FinishReason ?? "-");
        if (two.Left.Record.Error is not null || two.Right.Record.Error is not null)
        {
            Add("Error", answer => answer.Record.Error ?? "-");
        }

        return table;

        void Add(string name, Func<ComparedAnswer, Phrase> value) => table.Add([new Phrase(name, Tone.Faint), value(two.Left), value(two.Right)]);
    }

    private static void WriteToolCalls(Terminal terminal, IReadOnlyList<ToolCallMatch> calls)
    {
        terminal.WriteLine();
        foreach (var call in calls)
        {
            if (call.IsSame)
            {
                terminal.WriteLine(new Phrase("= ", Tone.Good), Text(call.Left!));
                continue;
            }

            if (call.Left is { } left)
            {
                terminal.WriteLine(new Phrase($"- {Text(left)}", Tone.Bad));
            }

            if (call.Right is { } right)
            {
                terminal.WriteLine(new Phrase($"+ {Text(right)}", Tone.Good));
            }
        }
    }

    private static string Text(ToolCallPart call) => $"{call.Name}({call.Arguments})";

    private static string Number(long? number) => number is { } known ? $"{known}" : "-";
}
