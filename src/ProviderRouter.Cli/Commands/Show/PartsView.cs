using ProviderRouter.Cli.Output;
using ProviderRouter.Conversations;

namespace ProviderRouter.Cli.Commands.Show;

/// <summary>Writes what messages and answers are made of.</summary>
internal sealed class PartsView(Terminal terminal, Conversation talk)
{
    private const string Indent = "  ";

    private const string Apart = "  │ ";

    /// <summary>The names of tools by the ids of their calls.</summary>
    private readonly Dictionary<string, string> tools = talk.Messages.SelectMany(message => message.Parts).OfType<ToolCallPart>()
        .Where(call => call.Id is not null).GroupBy(call => call.Id!, StringComparer.Ordinal)
        .ToDictionary(calls => calls.Key, calls => calls.First().Name, StringComparer.Ordinal);

    public void Write(IReadOnlyList<Part> parts)
    {
        if (parts.Count == 0)
        {
            Line("(empty)");
        }

        foreach (var part in parts)
        {
            Write(part);
        }
    }

    private void Write(Part part)
    {
        switch (part)
        {
            case TextPart text:
                terminal.WriteText(text.Text, lead: Indent);
                break;
            case ReasoningPart reasoning:
                Line(reasoning.IsEncrypted ? "reasoning, in part encrypted" : "reasoning");
                if (reasoning.Text.Length > 0)
                {
                    terminal.WriteText(reasoning.Text, Tone.Faint, Apart);
                }

                break;
            case RefusalPart refusal:
                Line("refusal", Tone.Warning);
                terminal.WriteText(refusal.Text, lead: Indent);
                break;
            case ToolCallPart call:
                Write(call);
                break;
            case ToolResultPart result:
                var name = result.CallId is { } id && tools.TryGetValue(id, out var tool) ? tool : "";
                Line($"<- {Words(result.IsError ? "error of" : "result of", name.Length > 0 ? name : "a tool", result.CallId)}", result.IsError ? Tone.Bad : Tone.Faint);
                Write(result.Parts);
                break;
            case MediaPart media:
                Line($"[{Describe(media)}]", Tone.Warning);
                break;
            case ErrorPart error:
                terminal.WriteText(error.Type is null ? error.Message : $"{error.Message} ({error.Type})", Tone.Bad, Indent);
                break;
            case OtherPart other:
                if (other.Type is { } type)
                {
                    Line(type);
                }

                terminal.WriteText(ReadableJson.From(other.Json), lead: Indent);
                break;
        }
    }

    private void Write(ToolCallPart call)
    {
        terminal.WriteLine(
            new Phrase($"{Indent}-> ", Tone.Faint), new Phrase(call.Name.Length > 0 ? call.Name : "(no name)", Tone.Strong),
            new Phrase(call.Id is null ? "" : $"  {call.Id}", Tone.Faint));
        if (call.Arguments.Length > 0)
        {
            terminal.WriteText(ReadableJson.From(call.Arguments), lead: Indent + Indent);
        }
    }

    private void Line(string text, Tone tone = Tone.Faint) => terminal.WriteText(text, tone, Indent);

    private static string Describe(MediaPart media) => string.Join(", ", new[]
    {
        media.Kind.ToString().ToLowerInvariant(), media.Name, media.MediaType, media.Bytes is { } bytes ? ReadableSize.From(bytes) : null, media.Url,
    }.OfType<string>());

    private static string Words(params string?[] words) => string.Join(' ', words.Where(word => !string.IsNullOrEmpty(word)));
}
