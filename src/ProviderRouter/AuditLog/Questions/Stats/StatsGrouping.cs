namespace ProviderRouter.AuditLog.Questions.Stats;

/// <summary>By what exchanges are counted.</summary>
public enum StatsGrouping
{
    /// <summary>Who answered.</summary>
    Provider,

    /// <summary>The model that was asked for; where none was, the one that answered.</summary>
    Model,

    /// <summary>The path.</summary>
    Endpoint,

    /// <summary>What the client was sent.</summary>
    Status,

    /// <summary>The name of the client's key.</summary>
    Key,

    /// <summary>The hour in which the request came in, by the clock of this machine.</summary>
    Hour,

    /// <summary>The day, likewise.</summary>
    Day,

    /// <summary>The minute, likewise: for spans of some hours at most, as each has a group of its own.</summary>
    Minute,
}
