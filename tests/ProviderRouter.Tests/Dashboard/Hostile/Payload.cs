namespace ProviderRouter.Tests.Dashboard.Hostile;

/// <summary>A text that tries to be more than text.</summary>
/// <param name="Name">A word that is at its end and nowhere else: who sees it, sees that the text is shown.</param>
/// <param name="Text">With <paramref name="Name"/> at its end.</param>
/// <param name="Literal">What a reader must see of it letter by letter wherever it is shown; empty where Markdown may take its signs away.</param>
internal sealed record Payload(string Name, string Text, string Literal)
{
    /// <summary>The text on one line, as a header or a name has it.</summary>
    public string Line => new([.. Text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
