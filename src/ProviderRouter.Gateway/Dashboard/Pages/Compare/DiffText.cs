using System.Text;
using Microsoft.AspNetCore.Html;
using ProviderRouter.Comparison.Texts;
using ProviderRouter.Gateway.Dashboard.Markup;
using ProviderRouter.Gateway.Dashboard.Wording;

namespace ProviderRouter.Gateway.Dashboard.Pages.Compare;

/// <summary>One side of two texts, with what the other one does not have.</summary>
internal static class DiffText
{
    /// <summary>So much of a text is shown.</summary>
    private const int Longest = 256 * 1024;

    /// <summary>A text that is compared with nothing.</summary>
    public static HtmlString Of(string text) => VisibleText.Of(ShortText.Of(text, Longest));

    /// <summary>The left one, or the right one.</summary>
    public static HtmlString Of(TextDiff diff, DiffKind own)
    {
        var html = new StringBuilder();
        var room = Longest;
        foreach (var piece in diff.Pieces.Where(piece => piece.Kind == DiffKind.Same || piece.Kind == own))
        {
            var text = piece.Text.AsSpan(0, Math.Min(room, piece.Text.Length));
            var element = piece.Kind == DiffKind.Same ? null : own == DiffKind.Removed ? "del" : "ins";
            html.Append(element is null ? "" : $"<{element}>");
            VisibleText.Append(html, text);
            html.Append(element is null ? "" : $"</{element}>");
            room -= text.Length;
            if (room <= 0)
            {
                html.Append(" …");
                break;
            }
        }

        return new HtmlString(html.ToString());
    }
}
