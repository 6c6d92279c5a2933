using System.Runtime.InteropServices;

namespace ProviderRouter.AuditLog.Export;

/// <summary>How long the first byte and the rest of an answer took, in milliseconds.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HarTimes(decimal Wait, decimal Receive)
{
    /// <summary>Those of an answer; zero where they are not known.</summary>
    public static HarTimes Of(LoggedAnswer? answer)
    {
        var end = Math.Max(0, answer?.DurationUs ?? 0);
        var first = Math.Clamp(answer?.FirstByteUs ?? end, 0, end);
        return new(first / 1000m, (end - first) / 1000m);
    }
}
