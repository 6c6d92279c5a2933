namespace ProviderRouter.Settings;

/// <summary>Sizes in bytes as users write them: <c>16MB</c>. KB, MB, GB and TB are powers of 1024.</summary>
public static class ByteSize
{
    private static readonly UnitTable Units = new(
        StringComparison.OrdinalIgnoreCase,
        new Unit("B", 1), new Unit("KB", 1L << 10), new Unit("MB", 1L << 20), new Unit("GB", 1L << 30), new Unit("TB", 1L << 40));

    /// <summary>The units' names, for messages.</summary>
    public static string UnitNames => Units.Names;

    /// <summary>
    /// Reads a whole number and a unit, of whatever case; 0 needs none. False for anything else, and from 2^63 bytes on.
    /// </summary>
    public static bool TryParse(string text, out long bytes) => Units.TryParse(text, out bytes);

    /// <summary>The exact size in the largest unit that needs no fraction: <c>1536MB</c>, <c>16777217B</c>.</summary>
    /// <param name="bytes">0 or more.</param>
    public static string Format(long bytes) => Units.Format(bytes);
}
