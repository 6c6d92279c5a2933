using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FakeUpstream.Wire;

/// <summary>JSON as providers write it: é, 漢字 and emoji as themselves, not as escapes.</summary>
internal static partial class JsonText
{
    // Each escape is matched whole: an escaped backslash before a "u" begins no other one.
    private const string Pattern = @"\\(?:u(?<high>D[89AB][0-9A-F]{2})\\u(?<low>D[C-F][0-9A-F]{2})|.)";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true, NewLine = "\n" };

    public static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(Of(node));

    public static string Of(JsonNode node, bool indented = false)
    {
        var text = node.ToJsonString(indented ? Indented : Compact);
        // Even the relaxed encoder escapes what lies beyond the basic plane.
        return text.Contains(@"\uD", StringComparison.Ordinal) ? Escape().Replace(text, Unescape) : text;
    }

    private static string Unescape(Match escape) => escape.Groups["high"].Success
        ? string.Concat(Unit(escape.Groups["high"]), Unit(escape.Groups["low"]))
        : escape.Value;

    private static string Unit(Group hex) => ((char)Convert.ToUInt16(hex.Value, 16)).ToString();

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: -1)]
    private static partial Regex Escape();
}
