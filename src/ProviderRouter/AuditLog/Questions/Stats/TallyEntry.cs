using System.Runtime.InteropServices;

namespace ProviderRouter.AuditLog.Questions.Stats;

/// <summary>What is counted of an exchange. A number below 0 is not known.</summary>
/// <param name="Outcome">Null without an answer on record.</param>
/// <param name="DurationUs">In microseconds.</param>
/// <param name="FirstTokenUs">In microseconds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TallyEntry(
    string? Outcome, long DurationUs, long FirstTokenUs, long PromptTokens, long CompletionTokens, long CachedTokens)
{
    /// <summary>Of a record.</summary>
    public static TallyEntry Of(AuditRecord record) => new(
        record.Outcome, Microseconds(record.DurationMs), Microseconds(record.FirstTokenMs),
        record.PromptTokens ?? -1, record.CompletionTokens ?? -1, record.CachedTokens ?? -1);

    private static long Microseconds(double? milliseconds) => milliseconds is { } ms ? (long)Math.Round(ms * 1000) : -1;
}
