using System.Text;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ProviderRouter.Gateway.Dashboard.Markup;

/// <summary>Writes what a paragraph is made of: words, emphasis, links, code.</summary>
internal sealed class InlineRenderer(StringBuilder html)
{
    private const int MostLevels = 60;

    private int level;

    public void Render(ContainerInline container)
    {
        if (++level > MostLevels)
        {
            throw new NestedTooDeeplyException();
        }

        foreach (var inline in container)
        {
            Render(inline);
        }

        level--;
    }

    private void Render(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                VisibleText.Append(html, literal.Content.AsSpan());
                break;
            case HtmlEntityInline entity:
                VisibleText.Append(html, entity.Transcoded.AsSpan());
                break;
            case HtmlInline tag:
                VisibleText.Append(html, tag.Tag);
                break;
            case CodeInline code:
                html.Append("<code>");
                VisibleText.Append(html, code.ContentSpan);
                html.Append("</code>");
                break;
            case LineBreakInline:
                // Chats end lines where they mean it.
                html.Append("<br>");
                break;
            case TaskList task:
                html.Append(task.Checked ? "<span role=\"img\" aria-label=\"done\">☑</span>" : "<span role=\"img\" aria-label=\"to do\">☐</span>");
                break;
            case AutolinkInline link:
                Autolink(link);
                break;
            case LinkInline { IsImage: true } image:
                Image(image);
                break;
            case LinkInline link:
                Link(link);
                break;
            case EmphasisInline emphasis:
                Emphasis(emphasis);
                break;
            case DelimiterInline delimiter:
                VisibleText.Append(html, delimiter.ToLiteral());
                Render(delimiter);
                break;
            case ContainerInline others:
                Render(others);
                break;
            default:
                VisibleText.Append(html, inline.ToString());
                break;
        }
    }

    private void Emphasis(EmphasisInline emphasis)
    {
        var element = (emphasis.DelimiterChar, emphasis.DelimiterCount) switch
        {
            ('*' or '_', 1) => "em",
            ('*' or '_', _) => "strong",
            ('~', _) => "del",
            _ => "span",
        };
        html.Append('<').Append(element).Append('>');
        Render(emphasis);
        html.Append("</").Append(element).Append('>');
    }

    private void Autolink(AutolinkInline link)
    {
        var address = link.IsEmail ? $"mailto:{link.Url}" : link.Url;
        var isLink = Open(address);
        VisibleText.Append(html, link.Url);
        html.Append(isLink ? "</a>" : "");
    }

    private void Link(LinkInline link)
    {
        if (Open(link.Url))
        {
            Render(link);
            html.Append("</a>");
            return;
        }

        Render(link);
        Address(link.Url);
    }

    /// <summary>A picture from elsewhere is not loaded: whoever has it would know when it is looked at.</summary>
    private void Image(LinkInline image)
    {
        if (SafeAddress.IsImage(image.Url))
        {
            html.Append("<img loading=\"lazy\" src=\"").Append(image.Url).Append("\" alt=\"");
            VisibleText.AppendPlain(html, Words(image));
            html.Append("\">");
            return;
        }

        var isLink = Open(image.Url);
        html.Append("[picture");
        if (Words(image) is { Length: > 0 } words)
        {
            html.Append(": ");
            VisibleText.Append(html, words);
        }

        html.Append(']').Append(isLink ? "</a>" : "");
        if (!isLink)
        {
            Address(image.Url);
        }
    }

    private bool Open(string? address)
    {
        if (!SafeAddress.IsLink(address))
        {
            return false;
        }

        html.Append("<a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"");
        VisibleText.AppendPlain(html, address);
        html.Append("\">");
        return true;
    }

    private void Address(string? address)
    {
        if (address is { Length: > 0 })
        {
            html.Append(" (");
            VisibleText.Append(html, address.Length > 200 ? string.Concat(address.AsSpan(0, 200), "…") : address);
            html.Append(')');
        }
    }

    /// <summary>What a link or a picture is called, without its own markup.</summary>
    private static string Words(ContainerInline inline) =>
        string.Concat(inline.Descendants<LeafInline>().Select(leaf => leaf switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            _ => " ",
        }));
}
