namespace ProviderRouter.AuditLog;

/// <summary>A body as it is kept.</summary>
/// <param name="State">How much of it is here.</param>
/// <param name="Kept">
/// The bytes to store, or null when there are none. They may lie in a buffer that is used again as soon as the row is
/// written.
/// </param>
/// <param name="IsText">True when <paramref name="Kept"/> is UTF-8 text and is stored as text.</param>
/// <param name="Bytes">The true size of the body as it was sent, in bytes.</param>
/// <param name="Sha256">The digest of the body as it was sent, in lower-case hex, where not all of it is kept; else null.</param>
public sealed record AuditBody(AuditBodyState State, ReadOnlyMemory<byte>? Kept, bool IsText, long Bytes, string? Sha256 = null)
{
    /// <summary>There was no body.</summary>
    public static readonly AuditBody None = new(AuditBodyState.None, Kept: null, IsText: false, Bytes: 0);
}

/// <summary>How much of a body is kept.</summary>
public enum AuditBodyState
{
    /// <summary>There was none.</summary>
    None,

    /// <summary>All of it.</summary>
    Whole,

    /// <summary>Its first part; it was larger than what is kept of one body.</summary>
    Cut,

    /// <summary>It is binary: a line that says what it is, its size and its digest stands in its place.</summary>
    Described,

    /// <summary>All that was sent before the exchange broke off.</summary>
    Incomplete,
}
