namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>A block of the index.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Count">How many exchanges it has.</param>
/// <param name="FirstUs">When the first of them came in, in Unix microseconds.</param>
/// <param name="LastUs">When the last of them came in.</param>
internal sealed record IndexedBlock(long Number, int Count, long FirstUs, long LastUs)
{
    /// <summary>The id of its first exchange.</summary>
    public long FirstId => (Number * LogIndex.BlockSize) + 1;

    /// <summary>The id of its last exchange.</summary>
    public long LastId => FirstId + Count - 1;

    /// <summary>The block that an exchange belongs to.</summary>
    public static long Of(long id) => (id - 1) / LogIndex.BlockSize;
}
