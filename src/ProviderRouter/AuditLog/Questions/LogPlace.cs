using System.Globalization;
using System.Runtime.InteropServices;

namespace ProviderRouter.AuditLog.Questions;

/// <summary>How far somebody has followed the log: up to here, every request and every answer was seen.</summary>
/// <param name="Request">The <see cref="AuditRecord.Id"/> of the last request; 0 before the first.</param>
/// <param name="Row">The place in the chain of the last request or answer; 0 before the first.</param>
/// <param name="Log">Which log it is in, by the start of its first event's hash; when retention took that event, it is another log.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LogPlace(long Request, long Row, string Log)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, out LogPlace place)
    {
        place = default;
        var parts = text?.Split('-');
        if (parts is not { Length: 3 }
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var request)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var row))
        {
            return false;
        }

        place = new LogPlace(request, row, parts[2]);
        return true;
    }

    /// <summary>All three, with hyphens between.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Request}-{Row}-{Log}");
}
