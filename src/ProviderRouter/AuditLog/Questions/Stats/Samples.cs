using System.Numerics;

namespace ProviderRouter.AuditLog.Questions.Stats;

/// <summary>
/// Values whose percentiles are wanted. Few are kept as they are; many are counted in buckets that are less than 1/128 of their value
/// wide, as HdrHistogram does (http://hdrhistogram.org), which puts a percentile within 0.4 % of the value.
/// </summary>
internal sealed class Samples
{
    private const int MostKept = 1024;
    private const int SubBits = 7;
    private const int SubBuckets = 1 << SubBits;

    private List<long>? kept = [];
    private int[] counts = [];
    private long count;
    private double sum;

    /// <summary>Of all of them.</summary>
    public double Sum => sum;

    /// <summary>Adds a value; below 0 it counts as 0.</summary>
    public void Add(long value)
    {
        value = Math.Max(0, value);
        count++;
        sum += value;
        if (kept is null)
        {
            counts[BucketOf(value)]++;
            return;
        }

        kept.Add(value);
        if (kept.Count > MostKept)
        {
            counts = new int[(64 - SubBits) * SubBuckets];
            kept.ForEach(one => counts[BucketOf(one)]++);
            kept = null;
        }
    }

    /// <summary>How they are spread, each divided by <paramref name="unit"/>; null when there are none.</summary>
    public Distribution? Spread(double unit)
    {
        if (count == 0)
        {
            return null;
        }

        kept?.Sort();
        return new(Round(sum / count / unit), At(50), At(90), At(95), At(99));

        double At(int percent) => Round(Value(((count * percent) + 99) / 100) / unit);
    }

    private static double Round(double value) => Math.Round(value, 3);

    /// <summary>The value at this rank, from 1 on.</summary>
    private double Value(long rank)
    {
        if (kept is not null)
        {
            return kept[(int)Math.Max(1, rank) - 1];
        }

        var bucket = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[bucket])
        {
            bucket++;
        }

        return MiddleOf(bucket);
    }

    private static int BucketOf(long value)
    {
        var bits = 63 - BitOperations.LeadingZeroCount((ulong)value | 1);
        return bits <= SubBits ? (int)value : ((bits - SubBits) * SubBuckets) + (int)(value >> (bits - SubBits));
    }

    private static double MiddleOf(int bucket)
    {
        if (bucket < 2 * SubBuckets)
        {
            return bucket;
        }

        var shift = (bucket / SubBuckets) - 1;
        var first = (long)((bucket % SubBuckets) + SubBuckets) << shift;
        return first + (((1L << shift) - 1) / 2.0);
    }
}
