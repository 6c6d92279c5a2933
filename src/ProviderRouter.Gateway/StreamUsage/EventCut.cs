using System.Buffers;
using ProviderRouter.Gateway.Capture;

namespace ProviderRouter.Gateway.StreamUsage;

/// <summary>Writes one whole event without what it has only because its usage was asked for.</summary>
internal static class EventCut
{
    /// <summary>Writes what is left of it; all of it, where nothing has to go.</summary>
    /// <returns>What it reports, where nothing but comments is left of it; else null.</returns>
    public static TokenUsage? Write(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        var data = new DataLines(text);
        if (UsageChunk.IsExtra(data.Text))
        {
            WriteComments(text, output);
            var facts = AnswerFacts.Read(data.Text);
            return new TokenUsage(facts.PromptTokens, facts.CompletionTokens, facts.CachedTokens, facts.ReasoningTokens);
        }

        if (UsageChunk.WithoutNull(data.Text) is { } edit)
        {
            output.Write(text[..data.PlaceOf(edit.Start)]);
            output.Write(text[data.PlaceOf(edit.End)..]);
        }
        else
        {
            output.Write(text);
        }

        return null;
    }

    /// <summary>Comments are not the event's, though they may stand in it.</summary>
    private static void WriteComments(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        for (var lines = new EventLines(text); lines.MoveNext();)
        {
            if (lines.Line.StartsWith(":"u8))
            {
                output.Write(lines.Whole);
            }
        }
    }
}
