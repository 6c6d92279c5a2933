namespace ProviderRouter.AuditLog;

/// <summary>
/// Headers as one JSON object in two halves. The first holds what a client or a provider says each time, so that it is stored
/// once for many rows; the second what is its own each time. One after the other they are the object.
/// </summary>
/// <param name="Shared">From the opening brace on.</param>
/// <param name="Own">The rest, with the closing brace.</param>
public readonly record struct AuditHeaders(ReadOnlyMemory<byte> Shared, ReadOnlyMemory<byte> Own)
{
    /// <summary>No headers.</summary>
    public static readonly AuditHeaders None = new("{"u8.ToArray(), "}"u8.ToArray());
}
