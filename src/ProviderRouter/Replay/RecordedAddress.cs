using System.Buffers;
using System.Text;
using ProviderRouter.AuditLog;
using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Replay;

/// <summary>Path and query of a request on record, as they can be sent again.</summary>
internal static class RecordedAddress
{
    // RFC 3986, 3.3 and 3.4.
    private static readonly SearchValues<char> PathLetters =
        SearchValues.Create("/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@");

    /// <summary>The address below the router's own; null where a secret was taken out of it.</summary>
    public static string? Of(AuditRecord record)
    {
        if (record.Endpoint.Contains(Redaction.Mark, StringComparison.Ordinal) || record.Query?.Contains(Redaction.Mark, StringComparison.Ordinal) == true)
        {
            return null;
        }

        var path = Escape(record.Endpoint, letter => PathLetters.Contains(letter));
        return record.Query is { } query ? $"{path}?{Escape(query, letter => letter is >= '!' and <= '~' and not '#')}" : path;
    }

    /// <summary>Escapes what has to be; an escape that is there stays one.</summary>
    private static string Escape(string text, Predicate<char> isPlain)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var isEscape = text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]);
            var length = char.IsSurrogatePair(text, i) ? 2 : 1;
            escaped.Append(isEscape || isPlain(text[i]) ? text.Substring(i, length) : Uri.EscapeDataString(text.AsSpan(i, length)));
            i += length;
        }

        return escaped.ToString();
    }
}
