namespace ProviderRouter.Cli.Output;

/// <summary>Says on a terminal how far a command is, on one line that is gone afterwards. What is quick says nothing.</summary>
internal sealed class ProgressLine(Terminal terminal, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private long shown = time.GetTimestamp();

    /// <summary>Shows this, unless something was shown a moment ago.</summary>
    public void Show(string text)
    {
        if (time.GetElapsedTime(shown) >= Interval)
        {
            shown = time.GetTimestamp();
            terminal.ShowProgress(text);
        }
    }

    /// <summary>Takes it away.</summary>
    public void Dispose() => terminal.ShowProgress("");
}
