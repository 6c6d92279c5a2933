using System.Text.Json;
using ProviderRouter.AuditLog.Questions;

namespace ProviderRouter.Gateway.Dashboard.Live;

/// <summary>Where a search was stopped because it took long.</summary>
/// <param name="Before">Exchanges with ids below this were not looked at.</param>
/// <param name="Time">When the last one came in that was; null where none was.</param>
/// <param name="After">How long it was looked for.</param>
internal sealed record LiveStop(long Before, DateTimeOffset? Time, TimeSpan After)
{
    /// <summary>A search that came so far.</summary>
    public static LiveStop At(AuditRecord? passed, long before, TimeSpan after) => new(passed?.Id ?? before, passed?.CreatedAt, after);

    /// <summary>The field <c>stopped</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("stopped"u8);
        json.WriteNumber("before"u8, Before);
        json.WriteNumber("seconds"u8, (int)After.TotalSeconds);
        if (Time is { } time)
        {
            json.WriteString("time"u8, time.UtcDateTime);
        }

        json.WriteEndObject();
    }
}
