using System.Text;
using Microsoft.AspNetCore.Html;

namespace ProviderRouter.Gateway.Dashboard.Markup;

/// <summary>
/// Markdown of models and strangers as HTML: only elements that are named here come out of it, with attributes that are written here. HTML
/// in it is shown as text, nothing in it is loaded from elsewhere, and whatever it holds it is shown.
/// </summary>
internal static class MarkdownText
{
    /// <summary>The text as HTML; as it is where it is too long or too strange to be read as Markdown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="firstHeading">The level that its largest heading has on the page, from 3 to 6.</param>
    public static HtmlString Render(string text, int firstHeading = 4)
    {
        if (MarkdownReader.Read(text) is not { } document)
        {
            return VisibleText.Preformatted(text);
        }

        var html = new StringBuilder(text.Length + (text.Length / 4) + 64);
        try
        {
            new BlockRenderer(html, firstHeading).Render(document);
        }
        catch (NestedTooDeeplyException)
        {
            return VisibleText.Preformatted(text);
        }

        return new HtmlString(html.ToString());
    }
}

/// <summary>A text has more levels than a page shows.</summary>
internal sealed class NestedTooDeeplyException : Exception;
