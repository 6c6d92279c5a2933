using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.AuditLog.Writing;
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

    /// <summary>
    /// How long texts are searched through in one look, for all who filter by them. Where that is not enough they catch up from the log,
    /// in the turn of those who search, and nobody else waits for them.
    /// </summary>
    private static readonly TimeSpan SearchPatience = TimeSpan.FromMilliseconds(200);

    // No Lock: the thread waits on it.
    private readonly object gate = new();
    private readonly HashSet<LiveViewer> followers = [];
    private readonly AuditLogReader log;
    private readonly LogTail tail;
    private readonly LiveOpen open;
    private readonly SqliteDatabase database;
    private readonly AuditLogWriter writer;
    private readonly OpenExchanges exchanges;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private LiveLog told = new();
    private LogPlace place;
    private bool isOver;

    /// <exception cref="SqliteException">The log cannot be read.</exception>
    public LiveBroadcast(SqliteDatabase database, AuditLogWriter writer, OpenExchanges exchanges, TimeProvider time, ILogger logger)
    {
        (this.database, this.writer, this.exchanges, this.time, this.logger) = (database, writer, exchanges, time, logger);
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
                    Tell(unreadable: null);
                }
                catch (SqliteException error)
                {
                    // It is looked at again soon.
                    LeaveBehind();
                    Tell(SqliteDatabase.Explain(error, database.Path).Message);
                }
                catch (Exception error)
                {
                    // A bug, and yet the server must live.
                    Log.Failed(logger, error);
                    LeaveBehind();
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
        using var enough = new CancellationTokenSource();
        var message = Messages(changes, streams, tail.Place, enough);
        foreach (var viewer in Advance(tail.Place))
        {
            if (changed is null || !TryOffer(viewer, message))
            {
                Leave(viewer);
                viewer.Leave();
            }
        }
    }

    private static bool TryOffer(LiveViewer viewer, Func<ExchangeFilter, LiveMessage?> message)
    {
        try
        {
            return message(viewer.Filter) is not { } made || viewer.Offer(made);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Tells how the log does, to those who were told otherwise. Who has no room is told the next time.</summary>
    private void Tell(string? unreadable)
    {
        var now = LiveLog.Of(writer.Health, unreadable, exchanges);
        told = now == told ? told : now;
        LiveMessage? message = null;
        foreach (var viewer in Advance(tail.Place))
        {
            if (viewer.Told != told && viewer.Offer(message ??= LiveMessage.Log(told, tail.Place)))
            {
                viewer.Told = told;
            }
        }
    }

    /// <summary>Where something went wrong behind a step, its changes were told to nobody: all catch up from the log.</summary>
    private void LeaveBehind()
    {
        if (tail.Place != Place)
        {
            foreach (var viewer in Advance(tail.Place))
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
    private Func<ExchangeFilter, LiveMessage?> Messages(
        IReadOnlyList<LiveChange> changes, IReadOnlyList<LiveStream> streams, LogPlace at, CancellationTokenSource enough)
    {
        var made = new Dictionary<ExchangeFilter, LiveMessage?>();
        var isTimed = false;
        return filter =>
        {
            if (!made.TryGetValue(filter, out var message))
            {
                if (filter.Search is not null && !isTimed)
                {
                    enough.CancelAfter(SearchPatience);
                    isTimed = true;
                }

                var cancellation = filter.Search is null ? default : enough.Token;
                made[filter] = message = LiveSelection.Of(filter, changes, streams, log, cancellation) is { IsEmpty: false } selected
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
