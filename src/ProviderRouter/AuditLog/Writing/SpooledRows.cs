namespace ProviderRouter.AuditLog.Writing;

/// <summary>The first rows of a spool.</summary>
/// <param name="Run">The server's run that kept them.</param>
/// <param name="Rows">The rows, in order.</param>
/// <param name="Unreadable">Lines among them that are no rows.</param>
internal sealed record SpooledRows(long Run, List<AuditRow> Rows, int Unreadable)
{
    /// <summary>Reads them from their lines.</summary>
    public static SpooledRows From(long run, List<byte[]> lines)
    {
        var rows = lines.Select(line => SpoolJson.FromLine(line)).OfType<AuditRow>().ToList();
        return new(run, rows, lines.Count - rows.Count);
    }
}
