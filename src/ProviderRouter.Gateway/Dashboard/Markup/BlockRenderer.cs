using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace ProviderRouter.Gateway.Dashboard.Markup;

/// <summary>Writes what a text is made of: paragraphs, lists, tables, code.</summary>
internal sealed class BlockRenderer(StringBuilder html, int firstHeading)
{
    private const int MostLevels = 40;

    private readonly InlineRenderer inlines = new(html);
    private int level;
    private int lastHeading = firstHeading - 1;

    public void Render(ContainerBlock blocks)
    {
        if (++level > MostLevels)
        {
            throw new NestedTooDeeplyException();
        }

        foreach (var block in blocks)
        {
            Render(block);
        }

        level--;
    }

    private void Render(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                // No level is left out, so that the page's outline has no gap.
                lastHeading = Math.Min(Math.Clamp(firstHeading + heading.Level - 1, 3, 6), lastHeading + 1);
                Leaf(heading, $"h{lastHeading}");
                break;
            case ParagraphBlock paragraph when IsTight(paragraph):
                Leaf(paragraph, element: null);
                break;
            case ParagraphBlock paragraph:
                Leaf(paragraph, "p");
                break;
            case ListBlock list:
                List(list);
                break;
            case QuoteBlock quote:
                Wrap("blockquote", quote);
                break;
            case Table table:
                Table(table);
                break;
            case CodeBlock code:
                Code(code);
                break;
            case ThematicBreakBlock:
                html.Append("<hr>");
                break;
            case LinkReferenceDefinition definition:
                Definition(definition);
                break;
            case ContainerBlock others:
                Render(others);
                break;
            case LeafBlock leaf:
                Raw(leaf);
                break;
        }
    }

    private static bool IsTight(ParagraphBlock paragraph) => paragraph.Parent is ListItemBlock { Parent: ListBlock { IsLoose: false } } or TableCell;

    private void Leaf(LeafBlock leaf, string? element)
    {
        if (!leaf.ProcessInlines || leaf.Inline is null)
        {
            Raw(leaf);
            return;
        }

        Open(element);
        inlines.Render(leaf.Inline);
        Close(element);
    }

    private void Raw(LeafBlock leaf)
    {
        if (leaf.Lines.Count > 0)
        {
            VisibleText.AppendPreformatted(html, leaf.Lines.ToString());
        }
    }

    private void Wrap(string element, ContainerBlock blocks)
    {
        Open(element);
        Render(blocks);
        Close(element);
    }

    private void List(ListBlock list)
    {
        html.Append(list.IsOrdered ? "<ol" : "<ul");
        if (list.IsOrdered && int.TryParse(list.OrderedStart, out var start) && start != 1)
        {
            html.Append(" start=\"").Append(start).Append('"');
        }

        html.Append('>');
        foreach (var item in list.OfType<ListItemBlock>())
        {
            Wrap("li", item);
        }

        Close(list.IsOrdered ? "ol" : "ul");
    }

    private void Code(CodeBlock code)
    {
        html.Append("<figure class=\"code\">");
        if (code is FencedCodeBlock { Info: { Length: > 0 } language })
        {
            html.Append("<figcaption>");
            VisibleText.Append(html, language);
            html.Append("</figcaption>");
        }

        html.Append("<pre tabindex=\"0\"><code>");
        VisibleText.Append(html, code.Lines.ToString());
        html.Append("</code></pre></figure>");
    }

    private void Table(Table table)
    {
        html.Append("<div class=\"said-table\" tabindex=\"0\"><table>");
        foreach (var row in table.OfType<TableRow>())
        {
            Open("tr");
            for (var i = 0; i < row.Count; i++)
            {
                var alignment = i < table.ColumnDefinitions.Count ? table.ColumnDefinitions[i].Alignment : null;
                var element = row.IsHeader ? "th" : "td";
                html.Append('<').Append(element).Append(alignment switch
                {
                    TableColumnAlign.Right => " class=\"end\">",
                    TableColumnAlign.Center => " class=\"middle\">",
                    _ => ">",
                });
                Render((TableCell)row[i]);
                Close(element);
            }

            Close("tr");
        }

        html.Append("</table></div>");
    }

    /// <summary>Where a link leads that stands elsewhere in the text: a page would not show it otherwise.</summary>
    private void Definition(LinkReferenceDefinition definition)
    {
        html.Append("<p class=\"definition\">[");
        VisibleText.Append(html, definition.Label);
        html.Append("]: ");
        VisibleText.Append(html, definition.Url);
        if (definition.Title is { Length: > 0 } title)
        {
            html.Append(" (");
            VisibleText.Append(html, title);
            html.Append(')');
        }

        Close("p");
    }

    private void Open(string? element)
    {
        if (element is not null)
        {
            html.Append('<').Append(element).Append('>');
        }
    }

    private void Close(string? element)
    {
        if (element is not null)
        {
            html.Append("</").Append(element).Append('>');
        }
    }
}
