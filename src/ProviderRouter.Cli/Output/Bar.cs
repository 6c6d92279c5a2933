namespace ProviderRouter.Cli.Output;

/// <summary>Amounts as lengths and heights, in block elements (Unicode's U+2580 to U+259F).</summary>
internal static class Bar
{
    private const int Longest = 10;
    private const string Eighths = " ▏▎▍▌▋▊▉█";
    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>A bar whose length is a part of ten columns; anything at all has some length.</summary>
    public static string Of(long amount, long most)
    {
        if (amount <= 0 || most <= 0)
        {
            return "";
        }

        var eighths = Math.Max(1, (int)Math.Round(8.0 * Longest * amount / most));
        return new string('█', eighths / 8) + (eighths % 8 > 0 ? Eighths[eighths % 8] : "");
    }

    /// <summary>A letter for each amount, as high as it is large; a blank for none.</summary>
    public static string Sparkline(IReadOnlyList<long> amounts)
    {
        var most = Math.Max(1, amounts.DefaultIfEmpty().Max());
        return string.Concat(amounts.Select(amount => amount <= 0 ? ' ' : Heights[(int)((Heights.Length - 1) * amount / most)]));
    }
}
