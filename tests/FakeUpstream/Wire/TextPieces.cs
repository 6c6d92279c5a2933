namespace FakeUpstream.Wire;

/// <summary>Splits text as a model does: pieces of a few characters, never half of one.</summary>
internal static class TextPieces
{
    public static IEnumerable<string> Split(string text, int runes = 4) =>
        text.EnumerateRunes().Chunk(runes).Select(piece => string.Concat(piece.Select(rune => rune.ToString())));
}
