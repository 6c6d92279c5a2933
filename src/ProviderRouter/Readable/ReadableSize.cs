namespace ProviderRouter.Readable;

/// <summary>Sizes as people say them.</summary>
public static class ReadableSize
{
    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    /// <summary>Bytes as <c>512 bytes</c>, <c>1.5 KB</c>, <c>32 MB</c>; a unit is 1024 of the one before.</summary>
    public static string From(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 999.5 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return unit == 0 ? $"{bytes} bytes" : $"{size.ToString(size < 9.95 ? "0.0" : "0")} {Units[unit]}";
    }
}
