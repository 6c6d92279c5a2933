using System.Globalization;
using System.Text;

namespace ProviderRouter.Gateway.Forwarding.Masking;

/// <summary>Finds a text where each of its letters may stand as it is, or as JSON may write it (RFC 8259, 7).</summary>
internal static class EscapedText
{
    /// <summary>How many of the first bytes are the text: 0 when they are not, less when more bytes have to come.</summary>
    public static int LengthAt(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> text)
    {
        var at = 0;
        foreach (var letter in text)
        {
            var length = LetterAt(bytes[at..], letter);
            if (length <= 0)
            {
                return length;
            }

            at += length;
        }

        return at;
    }

    private static int LetterAt(ReadOnlySpan<byte> bytes, byte letter)
    {
        if (bytes.IsEmpty)
        {
            return -1;
        }

        if (bytes[0] == letter || bytes[0] != (byte)'\\')
        {
            return bytes[0] == letter ? 1 : 0;
        }

        if (bytes.Length == 1)
        {
            return -1;
        }

        if (bytes[1] != (byte)'u')
        {
            return bytes[1] == letter ? 2 : 0;
        }

        var digits = bytes[2..Math.Min(bytes.Length, 6)];
        return !Ascii.EqualsIgnoreCase(digits, letter.ToString("x4", CultureInfo.InvariantCulture).AsSpan(0, digits.Length)) ? 0
            : digits.Length == 4 ? 6 : -1;
    }
}
