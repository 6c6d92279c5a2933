using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Cli.Output;
using ProviderRouter.Conversations;

namespace ProviderRouter.Cli.Commands.Show;

/// <summary>One exchange as a person reads it: who was asked and how it ended, what was said, what it took.</summary>
internal sealed class ExchangeView(AuditRecord record, RecordedBodies bodies, TimeProvider time, Terminal terminal)
{
    private readonly Conversation talk = Conversation.Read(record.Endpoint, record.StatusCode, bodies);

    public void Write()
    {
        terminal.Write(ExchangeFacts.Head(record, talk, time, terminal.IsTerminal));
        var said = new PartsView(terminal, talk);
        foreach (var message in talk.Messages)
        {
            Heading(message.Role, message.Name);
            said.Write(message.Parts);
        }

        Missing(BodySide.Request, talk.RequestBreaksOff);
        WriteAnswers(said);
        Missing(BodySide.Response, talk.AnswerBreaksOff);
        if (record.Attempts is { } attempts)
        {
            Heading("attempts");
            AttemptList.Write(attempts, terminal);
        }

        if (record.DurationMs is not null)
        {
            terminal.WriteLine("");
            terminal.Write(ExchangeFacts.Foot(record));
        }
    }

    private void WriteAnswers(PartsView said)
    {
        for (var i = 0; i < talk.Answers.Count; i++)
        {
            var answer = talk.Answers[i];
            Heading(talk.Answers.Count == 1 ? "answer" : $"answer {i + 1} of {talk.Answers.Count}", answer.FinishReason);
            said.Write(answer.Parts);
        }
    }

    private void Heading(string text, string? detail = null)
    {
        terminal.WriteLine("");
        terminal.WriteLine(new Phrase(text, Tone.Strong), new Phrase(string.IsNullOrEmpty(detail) ? "" : $"  {detail}", Tone.Faint));
    }

    /// <summary>Says what of a body is not shown, and why.</summary>
    private void Missing(BodySide side, bool breaksOff)
    {
        var shortfall = KeptBody.Of(record, bodies, side) switch
        {
            // What is shown is what it says once it is unpacked.
            { State: "whole" } => null,
            var body => body.Shortfall,
        };
        if (shortfall is null && breaksOff)
        {
            shortfall = $"The rest of it cannot be read; provider-cli show {record.RequestId} --raw {(side == BodySide.Request ? "request" : "response")} has it.";
        }

        if (shortfall is not null)
        {
            terminal.WriteLine("");
            terminal.WriteLine(new Phrase($"({shortfall})", Tone.Warning));
        }
    }
}
