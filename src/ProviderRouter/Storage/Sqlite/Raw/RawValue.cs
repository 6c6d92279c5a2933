namespace ProviderRouter.Storage.Sqlite.Raw;

/// <summary>
/// A column of a row as it is stored (https://sqlite.org/c3ref/value.html), without the checks that SQLite makes where it is asked
/// for the column itself.
/// </summary>
internal readonly unsafe ref struct RawValue(nint handle)
{
    private readonly nint handle = handle;

    /// <summary>Its type (https://sqlite.org/c3ref/c_blob.html).</summary>
    public int Type => NativeSqlite.sqlite3_value_type(handle);

    /// <summary>As a number.</summary>
    public long Integer => NativeSqlite.sqlite3_value_int64(handle);

    /// <summary>Its text or bytes.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            var bytes = NativeSqlite.sqlite3_value_blob(handle);
            return new(bytes, bytes is null ? 0 : NativeSqlite.sqlite3_value_bytes(handle));
        }
    }
}
