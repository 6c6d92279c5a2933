namespace ProviderRouter.Cli.Output;

/// <summary>
/// How many of a known number are done, how many of those failed, and how fast it goes, on a <see cref="ProgressLine"/>; on a terminal
/// alone. It is shown anew several times a second, also while nothing happens.
/// </summary>
internal sealed class ProgressBar : IDisposable
{
    private const int Width = 24;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ProgressLine line;
    private readonly int total;
    private readonly TimeProvider time;
    private readonly long started;
    private readonly Lock gate = new();
    private readonly ITimer? timer;
    private int done;
    private int failed;
    private bool isOver;

    public ProgressBar(ProgressLine line, int total, TimeProvider time)
    {
        (this.line, this.total, this.time, started) = (line, total, time, time.GetTimestamp());
        timer = line.IsShown ? time.CreateTimer(_ => Show(), state: null, Interval, Interval) : null;
    }

    /// <summary>One more is done.</summary>
    public void Add(bool hasFailed)
    {
        lock (gate)
        {
            done++;
            failed += hasFailed ? 1 : 0;
        }
    }

    private void Show()
    {
        lock (gate)
        {
            if (!isOver)
            {
                line.Show(Text(done, failed, total, time.GetElapsedTime(started)));
            }
        }
    }

    /// <summary><c>[######..................]  50/200  2 failed  12.5/s</c></summary>
    private static string Text(int done, int failed, int total, TimeSpan elapsed)
    {
        var filled = total == 0 ? Width : (int)((long)done * Width / total);
        var bar = new string('#', filled) + new string('.', Width - filled);
        return $"[{bar}]  {done}/{total}{(failed > 0 ? $"  {failed} failed" : "")}  {done / Math.Max(elapsed.TotalSeconds, 0.001):0.0}/s";
    }

    /// <summary>Takes it off the terminal.</summary>
    public void Dispose()
    {
        timer?.Dispose();
        lock (gate)
        {
            isOver = true;
            line.Clear();
        }
    }
}
