using System.Globalization;
using System.Text;

namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>Reads what stands between the quotation marks of a JSON string, also where it has halves of surrogate pairs.</summary>
internal static class JsonEscapes
{
    /// <summary>The text; each half of a pair becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> escaped)
    {
        var text = new char[escaped.Length];
        var length = 0;
        while (escaped.IndexOf((byte)'\\') is >= 0 and var plain && plain + 1 < escaped.Length)
        {
            length += Encoding.UTF8.GetChars(escaped[..plain], text.AsSpan(length));
            escaped = escaped[(plain + 1)..];
            (text[length++], var taken) = One(escaped);
            escaped = escaped[taken..];
        }

        length += Encoding.UTF8.GetChars(escaped, text.AsSpan(length));
        return Whole(text.AsSpan(0, length));
    }

    /// <summary>True when a name or a value says this.</summary>
    public static bool Is(ReadOnlySpan<byte> value, bool isEscaped, ReadOnlySpan<byte> text) =>
        value.SequenceEqual(text)
        || (isEscaped && value.Length <= 6 * text.Length && text.SequenceEqual(Encoding.UTF8.GetBytes(Decode(value))));

    private static (char Letter, int Taken) One(ReadOnlySpan<byte> escape) => escape[0] switch
    {
        (byte)'n' => ('\n', 1),
        (byte)'t' => ('\t', 1),
        (byte)'r' => ('\r', 1),
        (byte)'b' => ('\b', 1),
        (byte)'f' => ('\f', 1),
        (byte)'u' when escape.Length >= 5
            && ushort.TryParse(escape[1..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var letter) => ((char)letter, 5),
        var other => ((char)other, 1),
    };

    private static string Whole(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text[i] = '\uFFFD';
            }
        }

        return text.ToString();
    }
}
