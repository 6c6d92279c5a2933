using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ProviderRouter.AuditLog;

/// <summary>Bytes that a provider sent after the event that ends its stream, when the answer was on record already.</summary>
public sealed record AuditContinuation : AuditRow
{
    /// <summary>The most of them that is kept, in bytes: 64 KB.</summary>
    private const int MostKept = 64 * 1024;

    /// <summary>Makes the row.</summary>
    public static AuditContinuation Of(string requestId, DateTimeOffset at, AuditBody body) => new()
    {
        RequestId = requestId,
        Provider = null,
        At = at,
        Headers = AuditHeaders.None,
        Body = body,
    };

    /// <summary>What stands in the chain of it.</summary>
    public AuditEvent ToEvent()
    {
        var text = Body is { IsText: true, Kept: { } kept } ? Encoding.UTF8.GetString(kept.Span[..Math.Min(kept.Length, MostKept)]) : "";
        var detail = string.Create(CultureInfo.InvariantCulture,
            $$"""{"requestId":"{{RequestId}}","bytes":{{Body.Bytes}},"sha256":"{{Convert.ToHexStringLower(Body.Sha256 ?? [])}}","text":"{{JsonEncodedText.Encode(text)}}"}""");
        return new AuditEvent(AuditEvent.AnswerContinued, At, detail);
    }
}
