using Microsoft.AspNetCore.Html;
using ProviderRouter.Conversations;
using ProviderRouter.Gateway.Dashboard.Markup;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>The texts of a message as HTML.</summary>
internal static class SaidText
{
    /// <summary>A longer one is cut off on the page of an exchange; its own page has more of it.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>A longer one is cut off on its own page, too; the raw body has all of it.</summary>
    private const int LongestAlone = 4 * 1024 * 1024;

    private const int LineLength = 120;

    private const int LongestJson = 512 * 1024;

    /// <summary>True where not all of it is shown.</summary>
    public static bool IsCut(SaidModel said, string text) => text.Length > LongestOf(said);

    /// <summary>What somebody said: Markdown where one speaks to another, letters otherwise.</summary>
    public static HtmlString Of(SaidModel said, string text) =>
        IsCut(said, text) ? VisibleText.Preformatted(Start(said, text))
        : said.Talk.AsText || said.Role is Message.Body or Message.Prompt ? VisibleText.Preformatted(text)
        : MarkdownText.Render(text);

    /// <summary>JSON in lines, anything else as it is.</summary>
    public static HtmlString Json(SaidModel said, string json) =>
        VisibleText.Preformatted(IsCut(said, json) ? Start(said, json) : ReadableJson.From(json, LongestJson));

    /// <summary>The first words, on one line.</summary>
    public static string OneLine(string text)
    {
        var line = string.Join(' ', text[..Math.Min(text.Length, 4 * LineLength)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LineLength ? line : $"{line[..(char.IsHighSurrogate(line[LineLength - 1]) ? LineLength - 1 : LineLength)]}…";
    }

    private static int LongestOf(SaidModel said) => said.IsWhole ? LongestAlone : Longest;

    private static string Start(SaidModel said, string text) => text[..(char.IsHighSurrogate(text[LongestOf(said) - 1]) ? LongestOf(said) - 1 : LongestOf(said))];
}
