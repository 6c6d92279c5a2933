using System.Buffers;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Parsers;
using Markdig.Syntax;

namespace ProviderRouter.Gateway.Dashboard.Markup;

/// <summary>
/// Parses Markdown of models in bounded time. Some texts take a parser the square of their length: paragraphs with very many marks are left
/// as they are.
/// </summary>
internal static class MarkdownReader
{
    /// <summary>A longer text is shown as it is, in letters.</summary>
    public const int Longest = 128 * 1024;

    private const int LongestParagraph = 32 * 1024;

    /// <summary>So many marks in one paragraph are parsed.</summary>
    private const int MostMarks = 1200;

    private const int MostPipes = 8000;

    /// <summary>And so many in all paragraphs of a text.</summary>
    private const int MostMarksInAll = 12_000;

    private static readonly SearchValues<char> Marks = SearchValues.Create("[*_~`<:!&");

    private static readonly object Count = new();

    private static MarkdownPipeline? pipeline;

    /// <summary>The text's tree; null where it is too long, or nested too deeply.</summary>
    public static MarkdownDocument? Read(string text)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        try
        {
            return Markdown.Parse(text, pipeline ??= Build());
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException)
        {
            // Too deep; or a bug of the parser's, which is no reason not to show the text.
            return null;
        }
    }

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseTaskLists()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseAutoLinks();
        foreach (var parser in builder.BlockParsers.OfType<BlockParser>())
        {
            parser.Closed += Limit;
        }

        return builder.Build();
    }

    private static void Limit(BlockProcessor processor, Block block)
    {
        if (block is not LeafBlock { ProcessInlines: true } leaf)
        {
            return;
        }

        var (marks, pipes, length) = (0, 0, 0);
        for (var i = 0; i < leaf.Lines.Count; i++)
        {
            var line = leaf.Lines.Lines[i].Slice.AsSpan();
            length += line.Length;
            pipes += line.Count('|');
            marks += CountMarks(line);
        }

        var inAll = (processor.Document.GetData(Count) as int? ?? 0) + marks;
        leaf.ProcessInlines = length <= LongestParagraph && marks <= MostMarks && pipes <= MostPipes && inAll <= MostMarksInAll;
        processor.Document.SetData(Count, inAll);
    }

    private static int CountMarks(ReadOnlySpan<char> line)
    {
        var marks = 0;
        for (var next = line.IndexOfAny(Marks); next >= 0; next = line.IndexOfAny(Marks))
        {
            marks++;
            line = line[(next + 1)..];
        }

        return marks;
    }
}
