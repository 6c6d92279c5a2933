namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>The start of what the user said last: what people know a request by.</summary>
public sealed class PromptStart
{
    /// <summary>The most that is told of it, in UTF-16 units.</summary>
    public const int Longest = 200;

    private readonly BodyTexts texts = new();

    /// <summary>The start of the prompt in a request's body, on one line; null where there is none, or nobody can tell.</summary>
    public string? Of(ReadOnlyMemory<byte>? body)
    {
        texts.Read(body);
        return texts.Prompt is { } prompt ? Of(texts.Text(prompt with { Length = Cut(prompt) })) : null;
    }

    /// <summary>The same of a prompt that is known.</summary>
    public static string? Of(string prompt)
    {
        var start = prompt.AsSpan().TrimStart();
        var end = Math.Min(start.Length, Longest);
        end -= end > 0 && end < start.Length && char.IsHighSurrogate(start[end - 1]) ? 1 : 0;
        return end == 0 ? null : string.Join(' ', start[..end].ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // All of an escaped one: it might be cut in the middle of an escape.
    private static int Cut(TextUnit prompt) => prompt.IsEscaped ? prompt.Length : Math.Min(prompt.Length, 8 * Longest);
}
