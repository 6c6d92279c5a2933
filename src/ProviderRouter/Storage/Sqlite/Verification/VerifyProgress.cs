using Microsoft.Data.Sqlite;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>Tells how far a walk has come, and whether it is to go on.</summary>
internal sealed class VerifyProgress(Action<long, long> tell, CancellationToken cancellation)
{
    private const int Step = 4096;

    private long done;
    private long total;

    /// <summary>Says that the walk is to end.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Counts what there is.</summary>
    public void Begin(SqliteConnection connection) => total = connection.Scalar<long>(
        "SELECT (SELECT count(*) FROM audit_pieces) + (SELECT count(*) FROM audit_requests) + (SELECT count(*) FROM audit_responses) "
        + "+ (SELECT count(*) FROM audit_events)");

    /// <summary>So many more are done.</summary>
    /// <exception cref="OperationCanceledException">The walk is to end.</exception>
    public void Advance(long more)
    {
        done += more;
        if (done % Step == 0)
        {
            cancellation.ThrowIfCancellationRequested();
            tell(Math.Min(done, total), total);
        }
    }
}
