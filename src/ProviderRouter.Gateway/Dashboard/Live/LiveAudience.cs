using Microsoft.Extensions.Logging;
using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>Counts those who look: for the first the broadcast begins, after the last it ends.</summary>
internal sealed class LiveAudience(
    SqliteDatabase database, AuditLogWriter writer, OpenExchanges exchanges, TimeProvider time, ILogger logger)
{
    /// <summary>How many may look at once.</summary>
    public const int Seats = 64;

    private readonly Lock gate = new();
    private LiveBroadcast? broadcast;
    private int taken;

    /// <summary>Takes a seat; null when there is none.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The log cannot be read.</exception>
    public LiveBroadcast? Enter()
    {
        lock (gate)
        {
            if (taken == Seats)
            {
                return null;
            }

            broadcast ??= new LiveBroadcast(database, writer, exchanges, time, logger);
            taken++;
            return broadcast;
        }
    }

    /// <summary>Gives a seat back.</summary>
    public void Leave(LiveViewer viewer)
    {
        lock (gate)
        {
            broadcast!.Leave(viewer);
            if (--taken == 0)
            {
                broadcast.End();
                broadcast = null;
            }
        }
    }
}
