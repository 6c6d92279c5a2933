using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProviderRouter.Cli.Output;

/// <summary>
/// Lines on standard output that are written again in their place; on a terminal alone. It never hides the cursor: one that is
/// killed leaves the terminal as it found it.
/// </summary>
/// <param name="output">Where it is written.</param>
/// <param name="height">The lines that it takes.</param>
internal sealed class LiveBlock(StandardStream output, int height)
{
    private bool isShown;

    /// <summary>False where nothing can be written again: in a pipe, on a terminal that is too low or knows no escape sequences.</summary>
    public bool IsLive { get; } = output.CanGoUp && height < output.Height;

    /// <summary>Shows this in the place of what was shown.</summary>
    public void Show(IRenderable block)
    {
        if (isShown)
        {
            // Up, and what stands below is erased (ECMA-48: CUU, ED).
            output.Writer.Write($"\e[{height}A\r\e[J");
        }

        isShown = true;
        output.Styled.Write(block);
        output.Writer.Flush();
    }
}
