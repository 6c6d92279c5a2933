namespace ProviderRouter.Cli.Output;

/// <summary>
/// One line on standard error that is written again and again, and cleared at the end; on a terminal alone. It takes no
/// colours and no escape sequences, and leaves the cursor as it is.
/// </summary>
internal sealed class ProgressLine(StandardStream error, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly int room = error.IsTerminal ? error.Width - 1 : 0;
    private long shownAt = time.GetTimestamp();
    private int width;

    /// <summary>False off a terminal, where it shows nothing.</summary>
    public bool IsShown => room > 0;

    /// <summary>Shows this in the place of what was shown, ten times a second at the most.</summary>
    public void Show(string text)
    {
        if (room <= 0 || time.GetElapsedTime(shownAt) < Interval)
        {
            return;
        }

        shownAt = time.GetTimestamp();
        Write($"\r{(text.Length <= room ? text : text[..room]).PadRight(width)}");
        width = Math.Min(text.Length, room);
    }

    /// <summary>Leaves the line empty.</summary>
    public void Clear()
    {
        if (width > 0)
        {
            Write($"\r{new string(' ', width)}\r");
            width = 0;
        }
    }

    private void Write(string text)
    {
        try
        {
            error.Writer.Write(text);
        }
        catch (IOException)
        {
            // Nobody reads it any more.
        }
    }
}
