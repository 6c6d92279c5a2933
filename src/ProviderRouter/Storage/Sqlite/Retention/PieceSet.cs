using System.Numerics;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>A set of pieces: a bit of memory for each from the first to the last.</summary>
internal sealed class PieceSet
{
    private readonly long first;
    private readonly long length;
    private readonly ulong[] bits;

    /// <param name="first">The least id that may be in it.</param>
    /// <param name="last">The greatest; less than <paramref name="first"/> where there is none.</param>
    public PieceSet(long first, long last)
    {
        this.first = first;
        length = Math.Max(0, last - first + 1);
        bits = new ulong[(length + 63) / 64];
    }

    /// <summary>How many are in it.</summary>
    public long Count { get; private set; }

    /// <summary>Puts one in; false when it is in already, or cannot be.</summary>
    public bool Add(long id) => Change(id, isIn: true);

    /// <summary>Takes out those of a range that are in it.</summary>
    public void Remove(long from, long to)
    {
        for (var id = Math.Max(from, first); id <= Math.Min(to, first + length - 1); id++)
        {
            Change(id, isIn: false);
        }
    }

    /// <summary>Puts in those of a range that are not; answers how many these were.</summary>
    public long Add(long from, long to)
    {
        var before = Count;
        for (var id = Math.Max(from, first); id <= Math.Min(to, first + length - 1); id++)
        {
            Change(id, isIn: true);
        }

        return Count - before;
    }

    /// <summary>The first that is in it from this id on; null when there is none.</summary>
    public long? NextFrom(long id)
    {
        for (var place = Math.Max(0, id - first); place < length; place = (place | 63) + 1)
        {
            var rest = bits[place >> 6] >> (int)(place & 63);
            if (rest != 0)
            {
                return first + place + BitOperations.TrailingZeroCount(rest);
            }
        }

        return null;
    }

    private bool Change(long id, bool isIn)
    {
        var place = id - first;
        if (place < 0 || place >= length)
        {
            return false;
        }

        var bit = 1UL << (int)(place & 63);
        ref var word = ref bits[place >> 6];
        var changes = (word & bit) != 0 != isIn;
        word ^= changes ? bit : 0;
        Count += !changes ? 0 : isIn ? 1 : -1;
        return changes;
    }
}
