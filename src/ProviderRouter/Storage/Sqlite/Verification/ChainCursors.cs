namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>The chain's three tables side by side.</summary>
internal sealed class ChainCursors(ChainCursor requests, ChainCursor responses, ChainCursor events)
{
    /// <summary>The requests.</summary>
    public ChainCursor Requests => requests;

    /// <summary>The one at the lowest place; it has ended when all have.</summary>
    public ChainCursor Lowest() => Lower(Lower(requests, responses), events);

    /// <summary>True when another one stands at the same place.</summary>
    public bool HasTwin(ChainCursor row) => IsTwin(row, requests) || IsTwin(row, responses) || IsTwin(row, events);

    private static ChainCursor Lower(ChainCursor one, ChainCursor other) =>
        other.HasEnded || (!one.HasEnded && one.Place <= other.Place) ? one : other;

    private static bool IsTwin(ChainCursor row, ChainCursor other) => row != other && row.Place == other.Place && !other.HasEnded;
}
