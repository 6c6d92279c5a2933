using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Storage.Sqlite;
using ProviderRouter.Storage.Sqlite.Questions;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>
/// Looks at the log four times a second, for all who look at it: reads what changed once, makes one message of it for each filter, and
/// hands that to each viewer, waiting for nobody. On a thread of its own, as it waits for the disk; it is there only while it has viewers.
/// </summary>
internal sealed partial class LiveBroadcast
{
    /// <summary>More than this between two looks is not told one by one: each viewer gets the newest instead.</summary>
    public const int MostChanges = 2000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // No Lock: the thread waits on it.
    private readonly object gate = new();
    private readonly HashSet<LiveViewer> followers = [];
    private readonly AuditLogReader log;
    private readonly LogTail tail;
    private readonly LiveOpen open;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private LogPlace place;
    private bool isOver;

    /// <exception cref="SqliteException">The log cannot be read.</exception>
    public LiveBroadcast(SqliteDatabase database, OpenExchanges exchanges, TimeProvider time, ILogger logger)
    {
        (this.time, this.logger) = (time, logger);
        log = database.OpenLog();
        tail = log.Follow();
        place = tail.Place;
        open = new LiveOpen(exchanges, log);
        new Thread(Run) { IsBackground = true, Name = "live feed" }.Start();
    }

    /// <summary>How far all viewers are, but for those that are on their way.</summary>
    public LogPlace Place
    {
        get
        {
            lock (gate)
            {
                return place;
            }
        }
    }

    /// <summary>Lets somebody follow who has come as far as the others; else false, and how far those are.</summary>
    public bool TryJoin(LiveViewer viewer, LogPlace reached, out LogPlace others)
    {
        lock (gate)
        {
            others = place;
            return place == reached && followers.Add(viewer);
        }
    }

    /// <summary>Somebody has gone away.</summary>
    public void Leave(LiveViewer viewer)
    {
        lock (gate)
        {
            followers.Remove(viewer);
        }
    }

    /// <summary>How far a viewer is: as far as all while nothing waits for them.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <param name="sent">The place of what they were sent last.</param>
    public LogPlace PlaceOf(LiveViewer viewer, LogPlace sent)
    {
        lock (gate)
        {
            return followers.Contains(viewer) && viewer.HasAll ? place : sent;
        }
    }

    /// <summary>Ends it; nobody is there any more.</summary>
    public void End()
    {
        lock (gate)
        {
            isOver = true;
            Monitor.Pulse(gate);
        }
    }

    private void Run()
    {
        using (log)
        using (tail)
        {
            while (WaitForNext())
            {
                try
                {
                    Look();
                }
                catch (SqliteException)
                {
                    // It is looked at again soon; requests and the log have their own words for what is wrong.
                }
                catch (Exception error)
                {
                    // A bug, and yet the server must live.
                    Log.Failed(logger, error);
                    open.Forget();
                }
            }
        }
    }

    private bool WaitForNext()
    {
        lock (gate)
        {
            return !isOver && (!Monitor.Wait(gate, Interval) || !isOver);
        }
    }

    private void Look()
    {
        var before = tail.Place.Request;
        var changed = tail.Step(MostChanges);
        var changes = changed is null ? [] : open.Note(changed, before);
        if (changed is null)
        {
            open.Forget();
        }

        var streams = open.Moved();
        var message = Messages(changes, streams, tail.Place);
        foreach (var viewer in Advance(tail.Place))
        {
            if (changed is null || (message(viewer.Filter) is { } made && !viewer.Offer(made)))
            {
                Leave(viewer);
                viewer.Leave();
            }
        }
    }

    /// <summary>Those who have come as far as this, from now on.</summary>
    private LiveViewer[] Advance(LogPlace to)
    {
        lock (gate)
        {
            place = to;
            return [.. followers];
        }
    }

    /// <summary>The message for a filter, made when it is first asked for; null where there is nothing to tell.</summary>
    private Func<ExchangeFilter, LiveMessage?> Messages(IReadOnlyList<LiveChange> changes, IReadOnlyList<LiveStream> streams, LogPlace at)
    {
        var made = new Dictionary<ExchangeFilter, LiveMessage?>();
        return filter =>
        {
            if (!made.TryGetValue(filter, out var message))
            {
                made[filter] = message = LiveSelection.Of(filter, changes, streams, log) is { IsEmpty: false } selected
                    ? LiveMessage.Rows(selected.Rows, selected.Gone, selected.Streams, at, time.GetUtcNow()) : null;
            }

            return message;
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The dashboard's live page missed something.")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
