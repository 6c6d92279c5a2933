using ProviderRouter.AuditLog;
using ProviderRouter.Settings;

namespace ProviderRouter.Cli.Commands.Db;

/// <summary>What retention would let go.</summary>
/// <param name="BySettings">True for what the settings say; false for an example, as nothing is set.</param>
/// <param name="Command">What does it.</param>
/// <param name="Records">Records that would go; null where this was not worked out.</param>
/// <param name="Bodies">Bodies that would go while their records stay.</param>
/// <param name="FreedBytes">About how much smaller the database would be.</param>
internal sealed record Prunable(bool BySettings, string Command, long? Records, long? Bodies, long? FreedBytes)
{
    public static Prunable Of(RetentionSettings retention, bool isSet, PruneReport? report) => new(
        isSet, isSet ? "provider-cli prune" : $"provider-cli prune --bodies-before {Age.Format(retention.BodiesBefore!.Value)}",
        report?.Records, report?.Bodies, report is null ? null : Math.Max(0, report.BytesBefore - report.BytesAfter));
}
