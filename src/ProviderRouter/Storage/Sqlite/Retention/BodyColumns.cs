namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>Where a table keeps bodies.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">Its primary key, in whose order its rows stand in the chain.</param>
/// <param name="Columns">The columns, each NULL where there is nothing.</param>
internal sealed record BodyColumns(string Table, string Key, params string[] Columns)
{
    public static readonly BodyColumns OfRequests = new("audit_requests", "id", "body", "body_parts");

    public static readonly BodyColumns OfResponses = new("audit_responses", "seq", "body", "body_parts", "event_stream");

    public static readonly BodyColumns[] All = [OfRequests, OfResponses];

    /// <summary>True, in SQL, of a row that has a body.</summary>
    public string AreThere => string.Join(" OR ", Columns.Select(column => $"{column} IS NOT NULL"));

    /// <summary>What takes them out.</summary>
    public string ToNull => string.Join(", ", Columns.Select(column => $"{column} = NULL"));

    /// <summary>How many bytes lie in a row itself.</summary>
    public string BytesInRow => string.Join(" + ", Columns.Select(column => $"coalesce(octet_length({column}), 0)"));

    /// <summary>The key of the last row of a part of the log.</summary>
    public long KeyIn(LogCut cut) => Key == "id" ? cut.Request : cut.Place;
}
