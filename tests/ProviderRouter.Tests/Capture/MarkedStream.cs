using System.Text;

namespace ProviderRouter.Tests.Capture;

/// <summary>A stream with two marks: ‹ where the event that ends it begins, › before the byte that completes what tells the end.</summary>
internal sealed class MarkedStream
{
    public MarkedStream(string text, string newLine = "\n")
    {
        text = text.ReplaceLineEndings(newLine);
        Bytes = Encoding.UTF8.GetBytes(text.Replace("‹", "", StringComparison.Ordinal).Replace("›", "", StringComparison.Ordinal));
        var begin = text.IndexOf('‹', StringComparison.Ordinal);
        Begin = begin < 0 ? -1 : Encoding.UTF8.GetByteCount(text.AsSpan(0, begin));
        Last = begin < 0 ? -1 : Encoding.UTF8.GetByteCount(text.AsSpan(0, text.IndexOf('›', StringComparison.Ordinal))) - "‹"u8.Length;
    }

    public byte[] Bytes { get; }

    /// <summary>The first byte of the last event; -1 without one.</summary>
    public int Begin { get; }

    /// <summary>The byte that must not pass.</summary>
    public int Last { get; }
}
