namespace ProviderRouter.Bench;

/// <summary>The value below which a share of all values lies.</summary>
internal static class Percentile
{
    public static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * share) - 1)];
    }

    public static double Median(IEnumerable<double> values) => Of(values, 0.5);
}
